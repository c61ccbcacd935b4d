package kernel

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/text"
)

// Why a hint is given: keys of the message catalogue.
const (
	hintSameName      = "hint.same_name"
	hintSimilarName   = "hint.similar_name"
	hintSameBirthDate = "hint.same_birth_date"
	hintSameBirthYear = "hint.same_birth_year"
	hintSameDate      = "hint.same_date"
	hintSamePlace     = "hint.same_place"
	hintSameTitle     = "hint.same_title"
	hintSimilarTitle  = "hint.similar_title"
	hintSameValue     = "hint.same_value"
	hintBegins        = "hint.begins"
)

const (
	maxHints      = 20
	maxCandidates = 200
	hintFloor     = 0.5 // score from which a hint is worth showing
)

// queryWords are the words of free text, safe to put into a query.
func queryWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if !slices.Contains([]string{"OR", "AND", "NOT", "ИЛИ", "И", "НЕ"}, w) {
			out = append(out, w)
		}
	}
	return out[:min(len(out), 8)]
}

// Suggest completes what somebody types to find a record to link: records whose
// words begin so or whose names sound so, in any script. types nil means all.
// Only the actor's scope is looked at. limit is 1 … 20.
func (k *Kernel) Suggest(ctx context.Context, a core.Actor, types []string, typed string, limit int) ([]Hint, error) {
	words := queryWords(typed)
	if len(words) == 0 || len([]rune(typed)) > MaxQuery {
		return nil, nil
	}
	if len(types) == 0 {
		types = []string{""}
	}
	whole, last := strings.Join(words, " "), words[len(words)-1]
	queries := []struct {
		text  string
		score float64
	}{{whole, 0.8}, {whole + "*", 0.6}, {strings.Join(words[:len(words)-1], " "), 0.5}}
	if len(words) == 1 || len([]rune(last)) > 2 {
		queries = queries[:2] // the third is for a last word too short for the index
	}
	var out []Hint
	err := k.read(ctx, a, func(v *view) error {
		seen := map[core.ID]bool{}
		out = nil
		for _, q := range queries {
			for _, typ := range types {
				hits, err := v.candidates(FindQuery{Type: typ, Text: q.text, Limit: min(max(limit, 1), maxHints)})
				if err != nil {
					return err
				}
				for _, r := range hits {
					if !seen[r.ID] && (q.score > 0.5 || k.begins(r, last)) {
						seen[r.ID] = true
						out = append(out, k.suggestion(r, typed, q.score))
					}
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(out, byScore)
	return out[:min(len(out), min(max(limit, 1), maxHints))], err
}

// begins reports whether a word of a name of the record, or of its title, begins
// so, in any script.
func (k *Kernel) begins(r core.Record, beginning string) bool {
	key := text.NameKey(beginning)
	has := func(s string) bool {
		return slices.ContainsFunc(text.Tokenize(s), func(t text.Token) bool {
			return strings.HasPrefix(t.Word, text.Fold(beginning)) || key != "" && strings.HasPrefix(text.NameKey(s[t.Start:t.End]), key)
		})
	}
	t := k.Packs().Type(r.Type)
	for i := range t.Fields {
		for _, it := range r.Values[t.Fields[i].Key].Items {
			if it.Name != nil && has(it.Name.String()) {
				return true
			}
		}
	}
	return slices.ContainsFunc(sortedKeys(r.Title), func(lang string) bool { return has(r.Title[lang]) })
}

func byScore(a, b Hint) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return 0
}

// suggestion scores a find: the name that was typed beats a word in passing.
func (k *Kernel) suggestion(r core.Record, typed string, score float64) Hint {
	h := Hint{Summary: k.summary(r, false), Score: score, Why: []string{hintBegins}}
	t := k.Packs().Type(r.Type)
	for i := range t.Fields {
		for _, it := range r.Values[t.Fields[i].Key].Items {
			if it.Name != nil && nameMatch(*it.Name, core.Name{Full: typed}) == 1 {
				h.Score, h.Why = 1, []string{hintSameName}
			}
		}
	}
	for _, title := range r.Title {
		if text.Fold(title) == text.Fold(typed) {
			h.Score = 1
		}
	}
	return h
}

// candidates opens the records of the first page of a query.
func (v *view) candidates(q FindQuery) ([]core.Record, error) {
	ans, err := v.ask(q, nil)
	if err != nil {
		return nil, err
	}
	p, err := v.page(q, ans.result)
	if err != nil {
		return nil, err
	}
	return v.opened(p.ordinals)
}

// Duplicates names records of a type that may be the one somebody is about to
// write: people with the same name in any spelling, events of the same day with
// a like title or place. Values are those of the form so far; except is the
// record being edited. Reasons come with each; nothing is ever merged by it.
func (k *Kernel) Duplicates(ctx context.Context, a core.Actor, typ string, values core.Values, except core.ID) ([]Hint, error) {
	t := k.Packs().Type(typ)
	if t == nil {
		return nil, core.Invalid("error.unknown_type", "type", typ).At("type")
	}
	var out []Hint
	err := k.read(ctx, a, func(v *view) error {
		out = nil
		seen := map[core.ID]bool{except: true}
		for _, q := range k.likeQueries(t, values) {
			records, err := v.candidates(q)
			if err != nil {
				return err
			}
			for _, r := range records {
				if seen[r.ID] {
					continue
				}
				seen[r.ID] = true
				if h := k.likeness(t, values, r); h.Score >= hintFloor {
					out = append(out, h)
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(out, byScore)
	return out[:min(len(out), maxHints)], err
}

// likeQueries find candidates: by each name, and by the day for types that have
// a date of their own.
func (k *Kernel) likeQueries(t *core.Type, values core.Values) []FindQuery {
	var out []FindQuery
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind != core.FieldName || !f.Identity {
			continue
		}
		for _, it := range values[f.Key].Items {
			if it.Name == nil {
				continue
			}
			words := queryWords(it.Name.String())
			if len(words) == 0 {
				continue
			}
			out = append(out, FindQuery{Type: t.Name, Text: strings.Join(words, " OR "), Limit: maxCandidates})
		}
	}
	if when := t.Field(t.When); when != nil && when.Facet {
		if d := values[when.Key].First().Date; d != nil && d.Precision() <= core.PrecisionDay && !d.IsZero() {
			first, _ := d.Bounds()
			out = append(out, FindQuery{Type: t.Name, Limit: maxCandidates, Filters: []Filter{{Field: when.Key, Values: []string{first.String()}}}})
		}
	}
	return out
}

// likeness compares a form with a record, field by field.
func (k *Kernel) likeness(t *core.Type, values core.Values, r core.Record) Hint {
	h := Hint{Summary: k.summary(r, false)}
	add := func(score float64, why string) {
		h.Score += score
		if why != "" && !slices.Contains(h.Why, why) {
			h.Why = append(h.Why, why)
		}
	}
	name := 0.0
	for i := range t.Fields {
		f := &t.Fields[i]
		a, b := values[f.Key], r.Values[f.Key]
		if f.Kind == core.FieldName && f.Identity {
			name = max(name, bestName(values, r.Values, t))
			continue
		}
		if len(a.Items) == 0 || len(b.Items) == 0 {
			continue
		}
		switch {
		case f.Kind == core.FieldDate && (f.Identity || f.Key == t.When):
			k.likeDates(f, t, a, b, add)
		case f.Key == t.Where || f.Kind == core.FieldPlace:
			if alike(f, a, b) {
				add(0.15, hintSamePlace)
			}
		case slices.Contains(t.Title, f.Key) && (f.Kind == core.FieldNote || f.Kind == core.FieldText):
			likeTitles(a, b, add)
		case f.Identity && alike(f, a, b):
			add(0.1, hintSameValue)
		case f.Identity:
			add(-0.2, "")
		}
	}
	switch {
	case name == 1:
		add(0.7, hintSameName)
	case name > 0:
		add(0.35, hintSimilarName)
	}
	h.Score = min(max(h.Score, 0), 1)
	return h
}

// bestName is the best agreement between any two names of the sides.
func bestName(a, b core.Values, t *core.Type) float64 {
	best := 0.0
	each := func(vs core.Values, fn func(core.Name)) {
		for i := range t.Fields {
			if f := &t.Fields[i]; f.Kind == core.FieldName && f.Identity {
				for _, it := range vs[f.Key].Items {
					if it.Name != nil {
						fn(*it.Name)
					}
				}
			}
		}
	}
	each(a, func(x core.Name) { each(b, func(y core.Name) { best = max(best, nameMatch(x, y)) }) })
	return best
}

func (k *Kernel) likeDates(f *core.Field, t *core.Type, a, b core.Value, add func(float64, string)) {
	x, y := a.Items[0].Date, b.Items[0].Date
	if x == nil || y == nil {
		return
	}
	same, year := hintSameBirthDate, hintSameBirthYear
	if f.Key == t.When {
		same, year = hintSameDate, ""
	}
	x1, x2 := x.Bounds()
	y1, y2 := y.Bounds()
	switch {
	case x1 == y1 && x2 == y2:
		add(0.35, same)
	case datesMeet(*x, *y):
		add(0.2, year)
	case x1.Year == y1.Year && f.Key != t.When:
		add(0.05, year)
	default:
		add(-0.4, "")
	}
}

// likeTitles compares the words of titles by their stems.
func likeTitles(a, b core.Value, add func(float64, string)) {
	best := 0.0
	for _, x := range a.Items {
		for _, y := range b.Items {
			best = max(best, sharedStems(itemText(x), itemText(y)))
		}
	}
	switch {
	case best > 0.9:
		add(0.4, hintSameTitle)
	case best >= 0.4:
		add(0.25, hintSimilarTitle)
	}
}

// sharedStems is the share of common stems among all of two texts, 0–1.
func sharedStems(a, b string) float64 {
	stems := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, tok := range text.Tokenize(s) {
			out[text.Stem(tok.Word)] = true
		}
		return out
	}
	x, y := stems(a), stems(b)
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	if all := len(x) + len(y) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}
