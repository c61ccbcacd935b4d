package web

import (
	"net/http"
	"net/url"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// listPage is the list of a type's records, or the search over all types.
type listPage struct {
	Frame
	Type     string // "" = all
	Heading  string
	About    string
	Text     string
	Exact    bool
	Total    int
	Found    string // «463 события»
	Filtered bool
	Chips    []chip
	Clear    string
	Panels   []facetPanel
	Strip    *strip
	Sorts    []sortOption
	Columns  []string
	Rows     []listRow
	Next     string
	Prev     string
	Warnings []string
	Action   string // of the search form
	New      string // "" when the actor can write nowhere
	NewLabel string
	Overview string
	Export   string
	Save     saveForm
	Widen    []widen
	Types    []typeCount // what there is to open, on the search over all types
}

// listRow is one record of a list.
type listRow struct {
	Title    Wording
	URL      string
	Type     string // label, on the search over all types
	Number   string
	Circle   string
	Sealed   bool // it has fields that only the circle's key opens
	Cells    []listCell
	Marked   []kernel.Span // the title with the words found, nil when none
	Snippets []listSnippet
}

// listCell is a column's value.
type listCell struct {
	Label   string
	Items   []shownItem
	Missing string
	More    int
	Num     bool
	Sealed  bool
}

// listSnippet shows where the words were found.
type listSnippet struct {
	Label  string
	Sealed bool
	Spans  []kernel.Span
}

// widen is one way out of a list that found nothing.
type widen struct {
	Label string
	URL   string
	Count int
}

// typeCount is a type with the number of its records found.
type typeCount struct {
	Label, URL string
	Count      int
}

// listShow is the list of a type, or the search over everything.
func (s *Server) listShow(v *visit) error {
	typ := v.r.PathValue("type")
	t := s.kernel.Packs().Type(typ)
	if typ != "" && t == nil {
		return core.NotFound()
	}
	q := parseListQuery(typ, v.query())
	page, err := v.listPage(q, t)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if page.Problems.Any() {
		status = page.Problems.Status
	}
	return v.render(status, "list", page)
}

func (v *visit) listPage(q listQuery, t *core.Type) (listPage, error) {
	p := v.listShell(q, t)
	fq := q.find()
	fq.Facets, fq.Full = []string{"*"}, true
	found, err := v.s.kernel.Find(v.ctx, v.actor, fq)
	if err != nil {
		problems, ok := v.problems(err)
		if !ok {
			return p, err
		}
		for i := range problems.List {
			problems.List[i].Field = "q"
		}
		p.Problems = problems
		return p, nil
	}
	p.Total, p.Found = found.Total, v.found(q.Type, found.Total)
	p.Next, p.Prev = q.page(found.Next), q.page(found.Prev)
	for _, w := range found.Warnings {
		p.Warnings = append(p.Warnings, v.message(w))
	}
	p.Panels = v.facetPanels(q, t, found.Facets)
	if t == nil {
		p.Types = v.typeCounts(q, found.Facets)
	}
	v.listRows(&p, t, found.Items)
	if found.Total == 0 {
		p.Widen, err = v.widenings(q, t)
	} else {
		p.Strip, err = v.strip(q, t)
	}
	return p, err
}

// found says how many records there are, by the type's own noun where the
// catalogue has it: nouns have more forms than a pack's two labels.
func (v *visit) found(typ string, n int) string {
	if key := "list.found_" + typ; typ != "" && v.s.words.Has(v.lang, key) {
		return v.T(key, "count", n)
	}
	return v.T("list.found", "count", n)
}

// listShell is the page before anything has been counted.
func (v *visit) listShell(q listQuery, t *core.Type) listPage {
	section, title, about := "", v.T("list.search_all"), ""
	if t != nil {
		section, title, about = "type."+t.Name, t.Plural.In(v.lang), t.About.In(v.lang)
	}
	p := listPage{Frame: v.frameTitled(title).in(section), Type: q.Type, Heading: title, About: about, Text: q.Text,
		Exact: q.Exact, Filtered: !q.empty(), Chips: v.chips(q, t), Clear: listURL(q.Type), Sorts: v.sorts(t, q.Sort),
		Action: listURL(q.Type), Save: v.saveForm(q)}
	p.Query = q.Text
	if t != nil {
		if !t.Part && v.canWrite() {
			p.New, p.NewLabel = recordNewURL(t.Name), v.T("list.new")
		}
		p.Overview = withQuery(overviewURL(t.Name), q.values())
		p.Export = withQuery(exportURL(t.Name), q.values())
		for _, f := range v.columns(t) {
			p.Columns = append(p.Columns, f.Label.In(v.lang))
		}
	}
	return p
}

// listColumns is how many fields a list can show side by side.
const listColumns = 5

// columns are the fields a list shows: when, where and how many before all
// others, then in form order.
func (v *visit) columns(t *core.Type) []*core.Field {
	var first, rest []*core.Field
	for i := range t.Fields {
		f := &t.Fields[i]
		switch {
		case !v.column(t, f):
		case f.Key == t.When || f.Key == t.Where || f.Key == t.Count:
			first = append(first, f)
		default:
			rest = append(rest, f)
		}
	}
	all := append(first, rest...)
	return all[:min(len(all), listColumns)]
}

// column reports whether a list has a column for the field. The field that
// makes the title and the number stand in the first column.
func (v *visit) column(t *core.Type, f *core.Field) bool {
	return f.List && f.Auto == "" && (len(t.Title) == 0 || f.Key != t.Title[0])
}

func (v *visit) listRows(p *listPage, t *core.Type, hits []kernel.Hit) {
	w := v.writer(nil)
	circles := v.circleNames()
	many := len(circles) > 1
	for _, h := range hits {
		ht := v.s.kernel.Packs().Type(h.Type)
		row := listRow{Title: wordingIn(h.Title, v.lang), URL: recordURL(h.ID), Number: kernel.Number(h.Type, h.ID)}
		if _, found := h.Title.Pick(v.lang); h.Marked[found] != nil {
			row.Marked = h.Marked[found]
		}
		if many {
			row.Circle = circles[h.Circle]
		}
		if t == nil {
			row.Type = v.typeLabel(h.Type)
		}
		if t != nil {
			for _, f := range v.columns(t) {
				row.Cells = append(row.Cells, w.cell(f, h.Values[f.Key]))
			}
		}
		row.Sealed = sealedTitle(ht, h.Values)
		for _, s := range h.Snippets {
			f := ht.Field(s.Field)
			if saidBy(row.Title.Text, s.Spans) {
				continue
			}
			row.Snippets = append(row.Snippets, listSnippet{Label: f.Label.In(v.lang), Sealed: f.Sensitivity == core.Sealed, Spans: s.Spans})
		}
		p.Rows = append(p.Rows, row)
	}
}

// sealedTitle reports whether the title comes out of a sealed field.
func sealedTitle(t *core.Type, values core.Values) bool {
	for _, key := range t.Title {
		if f := t.Field(key); f != nil && len(values[key].Items) > 0 {
			return f.Sensitivity == core.Sealed
		}
	}
	return false
}

// saidBy reports whether the words found stand in the title already.
func saidBy(title string, spans []kernel.Span) bool {
	for _, s := range spans {
		if s.Hit && !strings.Contains(title, s.Text) {
			return false
		}
	}
	return true
}

// typeCounts leads from the search over everything to the lists of the types.
func (v *visit) typeCounts(q listQuery, facets []kernel.Facet) []typeCount {
	var out []typeCount
	for _, f := range facets {
		if f.Field != index.FieldType {
			continue
		}
		for _, val := range f.Values {
			to := listQuery{Type: val.Value, Text: q.Text, Exact: q.Exact}
			out = append(out, typeCount{Label: v.typePlural(val.Value), URL: to.url(), Count: val.Count})
		}
	}
	return out
}

// widenings tries the query without each of its parts: what remains when one
// is dropped shows which of them empties the list.
func (v *visit) widenings(q listQuery, t *core.Type) ([]widen, error) {
	if q.empty() {
		return nil, nil
	}
	var out []widen
	try := func(label string, to listQuery) error {
		n, err := v.s.kernel.Count(v.ctx, v.actor, to.find())
		if err != nil {
			return err
		}
		if n > 0 {
			out = append(out, widen{label, to.url(), n})
		}
		return nil
	}
	q.Cursor = ""
	if q.Text != "" {
		to := q
		to.Text = ""
		if err := try(v.T("list.widen_text"), to); err != nil {
			return nil, err
		}
	}
	if q.Exact {
		to := q
		to.Exact = false
		if err := try(v.T("list.widen_exact"), to); err != nil {
			return nil, err
		}
	}
	for _, f := range q.Filters {
		if err := try(v.T("list.widen_filter", "field", v.facetLabel(t, f.Field)), q.without(f.Field, "")); err != nil {
			return nil, err
		}
	}
	if q.Type != "" && q.Text != "" {
		if err := try(v.T("list.widen_types"), listQuery{Text: q.Text, Exact: q.Exact}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// hidden are inputs that carry a query through a form.
func hidden(q url.Values) []hiddenInput {
	var out []hiddenInput
	for _, name := range sortedNames(q) {
		for _, value := range q[name] {
			out = append(out, hiddenInput{name, value})
		}
	}
	return out
}

// hiddenInput is one hidden input of a form.
type hiddenInput struct{ Name, Value string }
