package linkage

import (
	"slices"
	"strings"

	"svod/internal/text"
)

// headerWords names the kinds by words of headers, folded. The first kind with a
// hit wins, so that "date of birth" is not any date and "surname" not any name.
var headerWords = []struct {
	kind  Kind
	words []string
}{
	{KindIgnore, []string{"cluster", "truth", "кластер", "истина"}},
	{KindBirth, []string{"dob", "birth", "birthdate", "рождения", "рожд", "др"}},
	{KindPatronymic, []string{"patronymic", "middlename", "отчество"}},
	{KindFamily, []string{"surname", "family", "lastname", "last", "lname", "фамилия"}},
	{KindGiven, []string{"given", "firstname", "first", "fname", "forename", "имя"}},
	{KindSex, []string{"sex", "gender", "пол"}},
	{KindList, []string{"org", "organisation", "organization", "source", "dataset", "организация", "источник", "список"}},
	{KindCode, []string{"soc", "ssn", "passport", "inn", "snils", "tax", "паспорт", "инн", "снилс"}},
	{KindID, []string{"id", "uid", "rec", "номер", "ид"}},
	{KindDate, []string{"date", "дата"}},
	{KindPlace, []string{"region", "place", "city", "town", "province", "регион", "область", "место", "город"}},
	{KindName, []string{"name", "fullname", "person", "фио", "имяфамилия"}},
}

// GuessColumns suggests a kind for each column from its header and its cells.
// Columns of which nothing can be said are categories when they repeat, codes when
// they are nearly unique numbers, text otherwise. Columns named cluster or truth
// are ignored, so that a table with known answers does not answer itself.
func GuessColumns(header []string, rows []Row) []Column {
	out := make([]Column, len(header))
	taken := map[Kind]bool{}
	for i, h := range header {
		h = strings.TrimSpace(h)
		profile := profileOf(rows, i)
		kind := kindOfHeader(h)
		switch {
		case kind == KindID && (taken[KindID] || profile.distinct < .99):
			kind = ""
		case kind == KindList && (taken[KindList] || profile.distinct > .2 && profile.filled > 20):
			kind = ""
		case kind == KindDate && profile.dates < .5, kind == KindBirth && profile.dates < .5:
			kind = ""
		case kind == KindName && profile.digits > .3:
			kind = ""
		}
		if kind == "" {
			kind = profile.kind()
		}
		taken[kind] = true
		out[i] = Column{Name: h, Kind: kind}
	}
	return out
}

func kindOfHeader(h string) Kind {
	folded := text.Fold(h)
	words := strings.FieldsFunc(folded, func(r rune) bool { return r == '_' || r == ' ' || r == '-' || r == '.' })
	joined := strings.Join(words, "")
	for _, c := range headerWords {
		for _, w := range c.words {
			if slices.Contains(words, w) || joined == w || joined == w+"name" {
				return c.kind
			}
		}
	}
	return ""
}

// profile is what the first rows say about a column; all but filled are shares.
type profile struct {
	filled                          int
	distinct, dates, digits, spaces float64
}

func profileOf(rows []Row, column int) profile {
	const enough = 5000
	seen := map[string]bool{}
	var p profile
	var dates, digits, spaces int
	for _, r := range rows[:min(len(rows), enough)] {
		c := strings.TrimSpace(r.cell(column))
		if c == "" {
			continue
		}
		p.filled++
		seen[c] = true
		if strings.Contains(c, " ") {
			spaces++
		}
		if strings.Trim(c, "0123456789 -/") == "" {
			digits++
		}
		if d := parseDay(c); d.full() && d.year > 1850 && d.year < 2100 {
			dates++
		}
	}
	n := float64(max(p.filled, 1))
	p.distinct, p.dates, p.digits, p.spaces = float64(len(seen))/n, float64(dates)/n, float64(digits)/n, float64(spaces)/n
	return p
}

func (p profile) kind() Kind {
	switch {
	case p.filled == 0:
		return KindIgnore
	case p.dates > .8:
		return KindDate
	case p.digits > .9 && p.distinct > .4:
		return KindCode
	case p.distinct < .05 || p.filled < 50 && p.distinct < .5 || p.digits > .9:
		return KindCategory
	}
	return KindText
}
