package web

import (
	"math"
	"path"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/text"
)

// shownField is one field of a record as pages show it, ready for the template
// "field".
type shownField struct {
	Key    string
	Number string // official number
	Label  Wording
	Sealed bool // marked as such; the value is shown to whoever can open it
	Locked bool // sealed, and the key is not here
	// Missing is why the field is empty, in words; "" when it has items.
	Missing string
	Items   []shownItem
}

// shownItem is one item of a field. Text is always set where there is
// something to show; the rest adds to it.
type shownItem struct {
	Kind    core.FieldKind
	Text    string
	Lang    string      // of Text, "" when it is the page's
	Exact   string      // the exact form behind the words, for the title attribute
	Above   []string    // what the term or place belongs to, the widest first
	Aside   string      // use and script of a name, precision of a point
	Notes   []shownNote // of a note, in its languages
	URL     string      // of a linked record
	Type    string      // label of the linked record's type
	Clarify string
	File    *shownFile
}

// shownNote is a note in one language.
type shownNote struct {
	Text, Lang, LangName string
	Other                bool // not the language of the page: folded
}

// shownFile is an attached file.
type shownFile struct {
	Name, Media string
	Kind        string // short: "PDF", "JPEG"
	Size        int64
	SHA256      string
	URL, Thumb  string // Thumb "" when there is no picture of it
	Lost        bool   // the record names it, but it cannot be opened here
}

// valueWriter turns values into words for one page.
type valueWriter struct {
	v      *visit
	titles map[core.ID]endpoint        // of linked records
	files  map[core.ID]kernel.FileInfo // by ID
	record core.ID                     // whose files they are
}

// endpoint is a linked record.
type endpoint struct {
	Title Wording
	Type  string // label
	URL   string
}

func (v *visit) endpointOf(s kernel.Summary) endpoint {
	return endpoint{Title: wordingIn(s.Title, v.lang), Type: v.typeLabel(s.Type), URL: recordURL(s.ID)}
}

// writer makes a valueWriter for records whose links are given.
func (v *visit) writer(links []kernel.Linked) *valueWriter {
	w := &valueWriter{v: v, titles: map[core.ID]endpoint{}}
	w.learn(links)
	return w
}

func (w *valueWriter) learn(links []kernel.Linked) {
	for _, l := range links {
		w.titles[l.Record.ID] = w.v.endpointOf(l.Record)
	}
}

// field renders a field with its value.
func (w *valueWriter) field(f *core.Field, val core.Value, locked bool) shownField {
	out := shownField{Key: f.Key, Number: f.Number, Label: wordingIn(f.Label, w.v.lang),
		Sealed: f.Sensitivity == core.Sealed, Locked: locked}
	if val.Missing != "" {
		out.Missing = w.v.T("form.missing." + string(val.Missing))
	}
	for _, it := range val.Items {
		out.Items = append(out.Items, w.item(f, it))
	}
	return out
}

// item renders one item.
func (w *valueWriter) item(f *core.Field, it core.Item) shownItem {
	out := shownItem{Kind: f.Kind, Clarify: it.Clarify}
	switch f.Kind {
	case core.FieldText:
		out.Text, out.Lang = it.Text, tongueOf(it.Text)
	case core.FieldNote:
		w.note(&out, it.Note)
	case core.FieldTerm:
		w.term(&out, f.Vocabulary, it.Term)
	case core.FieldDate:
		if it.Date != nil {
			out.Text, out.Exact = unbroken(it.Date.Format(w.v.lang)), it.Date.String()
		}
	case core.FieldNumber:
		if it.Number != nil {
			out.Text = w.v.number(*it.Number)
		}
	case core.FieldMoney:
		if it.Money != nil {
			out.Text = w.v.money(*it.Money)
		}
	case core.FieldPlace:
		if it.Place != nil {
			w.place(&out, f.Vocabulary, *it.Place)
		}
	case core.FieldName:
		if it.Name != nil {
			w.name(&out, *it.Name)
		}
	case core.FieldContact:
		if it.Contact != nil {
			out.Text, out.Aside = it.Contact.Value, w.v.T("form.channel."+it.Contact.Channel)
		}
	case core.FieldLink:
		w.link(&out, it.Link)
	case core.FieldFile:
		if it.File != nil {
			w.file(&out, it.File.ID)
		}
	case core.FieldYesNo:
		if it.Yes != nil {
			out.Text = w.v.T("form.yes." + map[bool]string{true: "yes", false: "no"}[*it.Yes])
		}
	}
	return out
}

// note puts the page's language first; the others are folded when there is one
// in the page's language, else only those after the first.
func (w *valueWriter) note(out *shownItem, words core.Words) {
	first, lang := words.Pick(w.v.lang)
	out.Text = first
	if lang != w.v.lang {
		out.Lang = lang
	}
	var langs []string
	for l := range words {
		if l != lang {
			langs = append(langs, l)
		}
	}
	slices.Sort(langs)
	for i, l := range append([]string{lang}, langs...) {
		n := shownNote{Text: words[l], LangName: w.v.languageName(l), Other: i > 0}
		if l != w.v.lang {
			n.Lang = l
		}
		out.Notes = append(out.Notes, n)
	}
}

func (w *valueWriter) term(out *shownItem, vocabulary, code string) {
	packs := w.v.s.kernel.Packs()
	label := wordingIn(packs.Label(vocabulary, code), w.v.lang)
	if label.Text == "" {
		label.Text = code
	}
	out.Text, out.Lang = label.Text, label.Lang
	out.Above = w.v.above(vocabulary, code)
}

// above names what a term belongs to, the widest first.
func (v *visit) above(vocabulary, code string) []string {
	var out []string
	for _, up := range v.s.kernel.Packs().Ancestors(vocabulary, code) {
		out = append(out, v.s.kernel.Packs().Label(vocabulary, up).In(v.lang))
	}
	slices.Reverse(out)
	return out
}

func (w *valueWriter) place(out *shownItem, vocabulary string, p core.Place) {
	region := w.v.s.kernel.Packs().Label(vocabulary, p.Code).In(w.v.lang)
	switch {
	case p.Local != "" && region != "":
		out.Text, out.Above = p.Local, append(w.v.above(vocabulary, p.Code), region)
	case p.Local != "":
		out.Text = p.Local
	case region != "":
		out.Text, out.Above = region, w.v.above(vocabulary, p.Code)
	default:
		out.Text = p.Code
	}
	out.Exact = p.Code
	if p.Lat != nil && p.Lon != nil {
		point := text.FormatFloat("en", *p.Lat, -1) + ", " + text.FormatFloat("en", *p.Lon, -1)
		if out.Text == "" {
			out.Text = point
		} else {
			out.Aside = point
		}
		if p.Precision != "" {
			out.Aside = strings.TrimPrefix(out.Aside+" · "+w.v.T("record.point_to", "what", w.v.T("form.precision."+string(p.Precision))), " · ")
		}
	}
}

// scriptLang is the language tag of a name: its script is known, its language
// is not.
func scriptLang(script string) string {
	switch script {
	case "Cyrl", "Latn", "Arab":
		return "und-" + script
	case "Armn":
		return "hy"
	case "Geor":
		return "ka"
	}
	return ""
}

func (w *valueWriter) name(out *shownItem, n core.Name) {
	out.Text, out.Lang = n.String(), scriptLang(n.Script)
	var aside []string
	if n.Use != "" {
		aside = append(aside, w.v.T("form.use."+n.Use))
	}
	if n.Script != "" {
		aside = append(aside, w.v.T("form.script."+n.Script))
	}
	out.Aside = strings.Join(aside, ", ")
	// The parts are told only where they differ in order from what is written.
	parts := core.Name{Family: n.Family, Given: n.Given, Patronymic: n.Patronymic}.String()
	if n.Full != "" && parts != "" && parts != n.Full {
		out.Exact = parts
	}
}

func (w *valueWriter) link(out *shownItem, id core.ID) {
	end, ok := w.titles[id]
	if !ok {
		out.Text, out.URL = w.v.T("record.linked_record", "number", id.Short()), recordURL(id)
		return
	}
	out.Text, out.Lang, out.Type, out.URL = end.Title.Text, end.Title.Lang, end.Type, end.URL
}

func (w *valueWriter) file(out *shownItem, id core.ID) {
	info, ok := w.files[id]
	if !ok {
		out.Text = w.v.T("record.file_closed")
		out.File = &shownFile{Name: out.Text, Lost: true}
		return
	}
	out.Text = info.Name
	out.File = &shownFile{Name: info.Name, Media: info.Media, Kind: fileKind(info), Size: info.Size, SHA256: info.SHA256,
		URL: recordFileURL(w.record, id)}
	if info.Thumb {
		out.File.Thumb = recordThumbURL(w.record, id)
	}
}

// fileKind is what stands in the place of a picture: the kind of content when
// it has a short name, else the name's ending, else nothing that misleads.
func fileKind(info kernel.FileInfo) string {
	_, kind, _ := strings.Cut(info.Media, "/")
	kind = strings.TrimPrefix(kind, "x-")
	if kind == "" || kind == "octet-stream" || kind == "plain" || len(kind) > 6 {
		kind = strings.TrimPrefix(path.Ext(info.Name), ".")
	}
	if kind == "" || len(kind) > 6 {
		return "…"
	}
	return strings.ToUpper(kind)
}

// plain is a value as text, an item a line, for comparing.
func (w *valueWriter) plain(f *core.Field, val core.Value) string {
	if len(val.Items) == 0 {
		if val.Missing == "" {
			return ""
		}
		return w.v.T("form.missing." + string(val.Missing))
	}
	parts := make([]string, 0, len(val.Items))
	for _, it := range val.Items {
		s := w.item(f, it)
		t := s.Text
		if len(s.Notes) > 1 {
			all := make([]string, len(s.Notes))
			for i, n := range s.Notes {
				all[i] = n.LangName + ": " + n.Text
			}
			t = strings.Join(all, "\n")
		}
		if s.Aside != "" {
			t += " (" + s.Aside + ")"
		}
		if s.Clarify != "" {
			t += " — " + s.Clarify
		}
		parts = append(parts, t)
	}
	return strings.Join(parts, "\n")
}

// cell is a value for a narrow column: at most three items and the count of
// the rest.
func (w *valueWriter) cell(f *core.Field, val core.Value) listCell {
	c := listCell{Label: f.Label.In(w.v.lang), Num: f.Kind == core.FieldDate || f.Kind == core.FieldNumber,
		Sealed: f.Sensitivity == core.Sealed}
	if val.Missing != "" {
		c.Missing = w.v.T("form.missing." + string(val.Missing))
	}
	for i, it := range val.Items {
		if i == 3 {
			c.More = len(val.Items) - i
			break
		}
		c.Items = append(c.Items, w.item(f, it))
	}
	return c
}

// number writes "около 20", "10–20".
func (v *visit) number(n core.Number) string {
	s := text.FormatFloat(v.lang, n.Value, -1)
	if n.Max != nil {
		s += "–" + text.FormatFloat(v.lang, *n.Max, -1)
	}
	if n.About {
		return v.T("record.about", "value", s)
	}
	return s
}

// minorDigits is the number of decimals of a currency by ISO 4217.
func minorDigits(currency string) int {
	switch currency {
	case "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF", "RWF", "KMF", "GNF", "DJF", "BIF", "VUV":
		return 0
	case "KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD":
		return 3
	}
	return 2
}

func (v *visit) money(m core.Money) string {
	amount, decimals := float64(m.Minor), minorDigits(m.Currency)
	for range decimals {
		amount /= 10
	}
	if amount == math.Trunc(amount) {
		decimals = 0
	}
	s := text.FormatFloat(v.lang, amount, decimals) + "\u00a0" + m.Currency
	if m.About {
		return v.T("record.about", "value", s)
	}
	return s
}

// languageName is a language's name in the visitor's language where the
// catalogue has it, else its code.
func (v *visit) languageName(code string) string {
	if key := "form.lang." + code; v.s.words.Has(v.lang, key) {
		return v.T(key)
	}
	return code
}
