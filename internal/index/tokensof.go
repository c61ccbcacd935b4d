package index

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// MaxPositions is how many words of one record are indexed. PostgreSQL knows no
// position beyond 16,383.
const MaxPositions = 16000

// fieldGap keeps phrases from running from one field or item into the next.
const fieldGap = 2

// PosToken is a token at a position. Several tokens share a position. A Sealed
// token must be replaced by its keyed hash before it is stored.
type PosToken struct {
	Token  string
	Pos    int
	Sealed bool
}

// Labels knows the wordings of terms; an unknown code has none.
type Labels interface {
	Ancestry
	Label(vocabulary, code string) core.Words
}

// TokensOf is the token stream of a record: the words of texts, notes, names,
// contacts, local places and clarifying notes, the labels of terms and places
// in every language (of places, those of their ancestors too), whole numbers.
// Field by field in the order of the type, with gaps that no phrase can cross.
// Words also stand as "field/stem". Fields for which sealed is true, and those
// whose Sensitivity is Sealed, give Sealed tokens; sealed names also their
// beginnings, sealed terms and yes/no also their code, since they have no
// facets.
//
// cut reports that the record has more than MaxPositions words and the rest is
// not found by search.
func TokensOf(t *core.Type, values core.Values, labels Labels, sealed func(f *core.Field) bool) (tokens []PosToken, cut bool) {
	w := tokenWriter{labels: labels}
	for i := range t.Fields {
		f := &t.Fields[i]
		v := values[f.Key]
		if len(v.Items) == 0 {
			continue
		}
		w.field = f
		w.sealed = f.Sensitivity == core.Sealed || sealed != nil && sealed(f)
		for _, item := range v.Items {
			w.item(item)
			if w.full() {
				return w.tokens, true
			}
		}
	}
	return w.tokens, false
}

type tokenWriter struct {
	labels Labels
	tokens []PosToken
	pos    int // of the next word
	field  *core.Field
	sealed bool
}

func (w *tokenWriter) full() bool { return w.pos >= MaxPositions }

func (w *tokenWriter) put(token string, pos int) {
	w.tokens = append(w.tokens, PosToken{Token: token, Pos: pos, Sealed: w.sealed})
}

func (w *tokenWriter) item(item core.Item) {
	switch w.field.Kind {
	case core.FieldText:
		w.words(item.Text, "", true)
	case core.FieldNote:
		for _, lang := range sortedLangs(item.Note) {
			w.words(item.Note[lang], lang, false)
		}
	case core.FieldTerm:
		w.term(item.Term, false)
	case core.FieldPlace:
		if item.Place != nil {
			w.term(item.Place.Code, true)
			w.words(item.Place.Local, "", true)
		}
	case core.FieldName:
		if item.Name != nil {
			w.name(*item.Name)
		}
	case core.FieldContact:
		if item.Contact != nil {
			w.words(item.Contact.Value, "", false)
		}
	case core.FieldNumber:
		if n := item.Number; n != nil && n.Value == math.Trunc(n.Value) && math.Abs(n.Value) < 1e15 {
			w.words(strconv.FormatInt(int64(n.Value), 10), "", false)
		}
	case core.FieldYesNo:
		if w.sealed && item.Yes != nil {
			w.code(yesNo(*item.Yes))
		}
	}
	w.words(item.Clarify, "", false)
}

// words writes a text word by word. names adds the name key of each word, so
// that a query in another script finds it.
func (w *tokenWriter) words(s, lang string, names bool) {
	if s == "" || w.full() {
		return
	}
	base, last := w.pos, -1
	for _, t := range text.Tokenize(s) {
		pos := base + t.Pos
		if pos >= MaxPositions {
			w.pos = MaxPositions
			return
		}
		w.word(t.Word, lang, pos)
		if names {
			w.nameForms(t.Word, s[t.Start:t.End], pos)
		}
		last = t.Pos
	}
	if last >= 0 {
		w.pos = base + last + fieldGap
	}
}

func (w *tokenWriter) word(word, lang string, pos int) {
	stem := cutRunes(text.StemLang(word, lang), maxTokenRunes)
	w.both(stem, pos)
	// The query does not know the language of the note, so a stem that depends
	// on it is joined by the one the query will make.
	if plain := stemToken(word); plain != stem {
		w.both(plain, pos)
	}
}

// nameForms writes the other forms under which a word of a name is looked for:
// the word itself, because a stemmer takes «Щербаков» for an inflected form and
// «Щербакова» for one of «Щербаков»; the key on which its spellings in all
// scripts meet, made from the word as written; and, sealed, its beginnings.
func (w *tokenWriter) nameForms(word, written string, pos int) {
	if w.field.Kind == core.FieldName {
		if whole := cutRunes(word, maxTokenRunes); whole != stemToken(word) {
			w.both(whole, pos)
		}
	}
	if key := nameToken(written); key != "" {
		w.both(key, pos)
	}
	if w.sealed && w.field.Kind == core.FieldName {
		for _, p := range prefixTokens(word) {
			w.both(p, pos)
		}
	}
}

// both writes a token as such and as a token of the field.
func (w *tokenWriter) both(token string, pos int) {
	w.put(token, pos)
	w.put(inField(w.field.Key, token), pos)
}

// name writes the full form, or the parts in the order they are written, and
// those parts that the full form lacks.
func (w *tokenWriter) name(n core.Name) {
	w.words(n.String(), "", true)
	if n.Full == "" {
		return
	}
	parts := core.Name{Family: n.Family, Given: n.Given, Patronymic: n.Patronymic}.String()
	if parts != "" && text.Fold(parts) != text.Fold(n.Full) {
		w.words(parts, "", true)
	}
}

func (w *tokenWriter) term(code string, ancestors bool) {
	if code == "" {
		return
	}
	if w.sealed {
		w.code(code)
		for _, above := range w.labels.Ancestors(w.field.Vocabulary, code) {
			w.code(above)
		}
	}
	codes := []string{code}
	if ancestors {
		codes = append(codes, w.labels.Ancestors(w.field.Vocabulary, code)...)
	}
	for _, c := range codes {
		label := w.labels.Label(w.field.Vocabulary, c)
		for _, lang := range sortedLangs(label) {
			w.label(label[lang])
		}
	}
}

// label writes the wording of a term. It is not qualified by the field: a term
// is looked for in a field by its facet.
func (w *tokenWriter) label(s string) {
	if w.full() {
		return
	}
	last := -1
	for _, t := range text.Tokenize(s) {
		if w.pos+t.Pos >= MaxPositions {
			w.pos = MaxPositions
			return
		}
		w.put(stemToken(t.Word), w.pos+t.Pos)
		last = t.Pos
	}
	if last >= 0 {
		w.pos += last + fieldGap
	}
}

func (w *tokenWriter) code(code string) {
	if w.full() {
		return
	}
	w.put(inField(w.field.Key, markCode+strings.ToLower(code)), w.pos)
	w.pos += fieldGap
}

func sortedLangs(words core.Words) []string {
	langs := make([]string, 0, len(words))
	for lang, s := range words {
		if s != "" {
			langs = append(langs, lang)
		}
	}
	slices.Sort(langs)
	return langs
}
