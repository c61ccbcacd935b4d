package kernel

import (
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/sheet"
	"svod/internal/text"
)

// Columns that are not fields of a type.
const (
	columnID      = "@id"      // identifier in the list the rows come from
	columnVersion = "@version" // version a row was exported at
)

// How exports call those columns: the IDs and versions are those of records
// here.
const (
	headingID      = "svod_id"
	headingVersion = "svod_version"
)

// idHeadings call the identifier of a row.
var idHeadings = []string{headingID, "id", "ид", "№", "n", "nr", "#", "№ п/п", "номер", "код", "uid", "guid", "external_id", "external id",
	"идентификатор", "номер записи", "record id", "case id", "number", "record number", "record_number"}

// partHeadings call parts of a person's name, folded.
var partHeadings = map[string][]string{
	"family":     {"фамилия", "family name", "family_name", "last name", "last_name", "lastname", "surname", "прізвище"},
	"given":      {"имя", "given name", "given_name", "first name", "first_name", "firstname", "forename", "ім'я"},
	"patronymic": {"отчество", "patronymic", "middle name", "middle_name", "по батькові"},
}

// suffixLang tells the language that a heading ends in ("description_eng",
// «Название [ru]») and the heading without it.
func suffixLang(folded string) (base, lang string) {
	langs := map[string]string{"ru": "ru", "rus": "ru", "рус": "ru", "en": "en", "eng": "en", "англ": "en", "uk": "uk", "ukr": "uk", "укр": "uk",
		"be": "be", "bel": "be", "kk": "kk", "ky": "ky", "uz": "uz", "tg": "tg", "az": "az", "hy": "hy", "ka": "ka", "ro": "ro"}
	words := strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(" _-.[]()", r) })
	if len(words) < 2 {
		return folded, ""
	}
	last := words[len(words)-1]
	lang, ok := langs[last]
	if !ok {
		return folded, ""
	}
	at := strings.LastIndex(folded, last)
	return strings.TrimRight(folded[:at], " _-.[("), lang
}

// guesser assigns columns to fields by their headings and, in doubt, by what
// stands in them.
type guesser struct {
	typ     *core.Type
	called  map[string][]string // folded name to field keys, the surest first
	columns []sheet.Column
	plans   []ColumnPlan
	taken   map[string]bool // field, with language for notes
}

// guessColumns plans every column of the table; a column nobody recognises is
// left out (Field "").
func guessColumns(t *core.Type, columns []sheet.Column) []ColumnPlan {
	g := &guesser{typ: t, columns: columns, called: fieldNames(t), taken: map[string]bool{}}
	g.plans = make([]ColumnPlan, len(columns))
	for i, c := range columns {
		g.plans[i] = ColumnPlan{Heading: c.Header, Index: i}
		if c.DateOrder == core.OrderMonthDay {
			g.plans[i].Order = "mdy"
		}
	}
	g.special()
	g.nameParts()
	// Headings without a language choose before those with one, and headings
	// that can mean one field only before those that can mean two.
	for _, marked := range []bool{false, true} {
		for _, sure := range []bool{true, false} {
			for i := range columns {
				if _, lang := suffixLang(g.heading(i)); marked == (lang != "") {
					g.byHeading(i, sure)
				}
			}
		}
	}
	g.byContent()
	return g.plans
}

// fieldNames lists what the fields of a type are called. An alias goes before a
// key: the pack names it because lists use the word so.
func fieldNames(t *core.Type) map[string][]string {
	out := map[string][]string{}
	add := func(name, key string) {
		if name = foldHeading(name); name != "" && !slices.Contains(out[name], key) {
			out[name] = append(out[name], key)
		}
	}
	each := func(fn func(f *core.Field)) {
		for i := range t.Fields {
			if f := &t.Fields[i]; importable(f) {
				fn(f)
			}
		}
	}
	each(func(f *core.Field) {
		for _, a := range f.Aliases {
			add(a, f.Key)
		}
	})
	each(func(f *core.Field) {
		for _, label := range f.Label {
			add(label, f.Key)
		}
	})
	each(func(f *core.Field) { add(f.Key, f.Key) })
	each(func(f *core.Field) { add(f.Number, f.Key) })
	return out
}

// importable fields can be filled from a cell: not what the kernel fills, not
// links and files.
func importable(f *core.Field) bool {
	return f.Auto == "" && f.Kind != core.FieldLink && f.Kind != core.FieldFile
}

func foldHeading(s string) string {
	s = text.Fold(text.FixHomoglyphsIn(s))
	return strings.Join(strings.Fields(strings.Trim(s, " .:*\"")), " ")
}

func (g *guesser) heading(i int) string { return foldHeading(g.columns[i].Header) }

func (g *guesser) special() {
	for i, c := range g.columns {
		h := g.heading(i)
		switch {
		case h == headingVersion:
			g.plans[i].Field = columnVersion
		case !g.taken[columnID] && slices.ContainsFunc(idHeadings, func(w string) bool { return foldHeading(w) == h }) && len(g.called[h]) == 0 && c.Filled*10 >= c.Rows*9:
			g.plans[i].Field = columnID
			g.taken[columnID] = true
		}
	}
}

// nameParts recognises family, given and patronymic in columns of their own;
// «Имя» alone is a whole name, beside «Фамилия» it is the given name.
func (g *guesser) nameParts() {
	field := ""
	for i := range g.typ.Fields {
		if f := &g.typ.Fields[i]; f.Kind == core.FieldName && f.Identity {
			field = f.Key
			break
		}
	}
	family := slices.IndexFunc(g.columns, func(c sheet.Column) bool { return slices.Contains(partHeadings["family"], foldHeading(c.Header)) })
	if field == "" || family < 0 {
		return
	}
	for i := range g.columns {
		for part, words := range partHeadings {
			key := field + "." + part
			if slices.Contains(words, g.heading(i)) && !g.taken[key] {
				g.plans[i].Field = key
				g.taken[key], g.taken[field] = true, true
			}
		}
	}
}

func (g *guesser) byHeading(i int, sure bool) {
	if g.plans[i].Field != "" || g.columns[i].Filled == 0 {
		return
	}
	h := g.heading(i)
	keys, lang := g.called[h], ""
	if _, l := suffixLang(h); len(keys) > 0 {
		lang = l
	} else {
		base, l := suffixLang(h)
		keys, lang = g.called[base], l
		if part, of, ok := partSuffix(base, g.called); ok {
			g.takePart(i, of, part)
			return
		}
	}
	if len(keys) == 0 || sure && len(keys) > 1 {
		return
	}
	for _, key := range keys {
		if g.take(i, key, lang) {
			return
		}
	}
}

// partSuffix recognises the columns that an export writes beside a field:
// "Location: name", "Territory: note".
func partSuffix(folded string, called map[string][]string) (part string, keys []string, ok bool) {
	base, word, found := strings.Cut(folded, ": ")
	if !found {
		return "", nil, false
	}
	for _, p := range exportParts {
		if slices.Contains([]string{foldHeading(p.label["ru"]), foldHeading(p.label["en"])}, word) {
			return p.part, called[base], len(called[base]) > 0
		}
	}
	return "", nil, false
}

func (g *guesser) takePart(i int, keys []string, part string) {
	for _, key := range keys {
		f := g.typ.Field(key)
		name := key + "." + part
		if f.Many || g.taken[name] {
			continue
		}
		g.plans[i].Field, g.taken[name] = name, true
		return
	}
}

// take assigns a field unless another column has it. Notes take one column per
// language, repeatable names any number.
func (g *guesser) take(i int, key, lang string) bool {
	f := g.typ.Field(key)
	slot := key
	if f.Kind == core.FieldNote {
		if lang == "" {
			lang = scriptLang(g.columns[i].Examples)
		}
		slot = key + "/" + lang
		g.plans[i].Lang = lang
	}
	if g.taken[slot] && !(f.Kind == core.FieldName && f.Many) {
		g.plans[i].Lang = ""
		return false
	}
	if f.Kind == core.FieldDate && g.columns[i].Kind == sheet.ColumnText && g.columns[i].Dates == 0 && len(g.columns[i].Examples) > 0 && !anyDigit(g.columns[i].Examples) {
		return false
	}
	g.plans[i].Field = key
	g.taken[slot], g.taken[key] = true, true
	return true
}

func anyDigit(examples []string) bool {
	return slices.ContainsFunc(examples, func(s string) bool { return strings.ContainsAny(s, "0123456789") })
}

// scriptLang is the language a note in a column without a marked one is taken
// to be in.
func scriptLang(examples []string) string {
	latin, all := 0, 0
	for _, r := range strings.Join(examples, " ") {
		if unicode.IsLetter(r) {
			all++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if all > 0 && latin*10 > all*7 {
		return "en"
	}
	return "ru"
}

// byContent gives the type's date field a column of dates when no heading was
// recognised for it, and the only such column.
func (g *guesser) byContent() {
	when := g.typ.Field(g.typ.When)
	if when == nil || g.taken[when.Key] {
		return
	}
	at := -1
	for i, c := range g.columns {
		if g.plans[i].Field != "" || c.Kind != sheet.ColumnDate {
			continue
		}
		if at >= 0 {
			return
		}
		at = i
	}
	if at >= 0 {
		g.take(at, when.Key, "")
	}
}
