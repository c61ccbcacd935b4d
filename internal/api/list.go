package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

func (a *API) recordRoutes() {
	on(a, operation(http.MethodGet, "/records", "find", "records", "Search, filter, count and list records"), a.find)
	on(a, operation(http.MethodGet, "/records/{id}", "read", "records", "Read a record, now or at a version"), a.read)
	create := operation(http.MethodPost, "/records", "create", "records", "Create a record")
	create.DefaultStatus = http.StatusCreated
	on(a, create, a.create)
	batch := operation(http.MethodPost, "/records/batch", "createMany", "records", "Create several records that may link to each other: all or none")
	batch.DefaultStatus, batch.MaxBodyBytes = http.StatusCreated, maxBatch
	on(a, batch, a.createMany)
}

// Question is what lists, counts and exports have in common.
type Question struct {
	Type   string   `query:"type" doc:"Record type; empty = all" example:"event"`
	Query  string   `query:"q" doc:"Words, \"phrases\", prefix*, field:value, -without, OR, brackets"`
	Filter []string `query:"filter,explode" doc:"field:value, several values of a field with commas between them (or; a comma in a value is \\\\,); repeat for and; -field:value for not; field:? for empty"`
	Exact  bool     `query:"exact" doc:"Do not look for names in the other script"`
}

// Resolve takes every filter as it came: a filter that is dropped would find too
// much without a word.
func (q *Question) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	q.Filter = u.Query()["filter"]
	return nil
}

type findInput struct {
	Question
	Sort   string   `query:"sort" doc:"-updated (default), updated, or a sortable field, with - for descending"`
	Limit  int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string   `query:"cursor" doc:"next or prev of the answer before"`
	Facets []string `query:"facets" doc:"Fields to count, * = all of the type"`
	Full   bool     `query:"full" doc:"Every field of each record, not only those of lists"`
}

type findOutput struct{ Body Found }

// Found is a page of results with their exact counts.
type Found struct {
	Total    int           `json:"total"`
	Items    []Hit         `json:"items" nullable:"false"`
	Facets   []Facet       `json:"facets" nullable:"false"`
	Next     string        `json:"next" doc:"Cursor of the next page, empty at the end"`
	Prev     string        `json:"prev"`
	Warnings []ProblemSpot `json:"warnings" nullable:"false" doc:"How the query was understood where it was not clear"`
}

// Hit is one result.
type Hit struct {
	Summary
	Snippets []Snippet `json:"snippets" nullable:"false"`
}

// Snippet shows where the words were found.
type Snippet struct {
	Field string `json:"field"`
	Spans []Span `json:"spans" nullable:"false"`
}

// Span is a run of text; hit marks a found word.
type Span struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// Facet is the exact count of a field's values under the query.
type Facet struct {
	Field   string       `json:"field"`
	Missing int          `json:"missing" doc:"Records whose field is empty"`
	Values  []FacetValue `json:"values" nullable:"false"`
}

// FacetValue is one value; parents of a hierarchy stand before children.
type FacetValue struct {
	Value    string     `json:"value"`
	Label    core.Words `json:"label"`
	Count    int        `json:"count"`
	Depth    int        `json:"depth"`
	Selected bool       `json:"selected"`
}

func (a *API) find(c call, in *findInput) (*findOutput, error) {
	q, err := a.findQuery(in.Question)
	if err != nil {
		return nil, err
	}
	q.Limit, q.Cursor, q.Full = in.Limit, in.Cursor, in.Full
	if q.Sort, err = a.sort(in.Type, in.Sort); err != nil {
		return nil, err
	}
	if q.Facets, err = a.facets(in.Type, in.Facets); err != nil {
		return nil, err
	}
	circles, err := a.circleNames(c)
	if err != nil {
		return nil, err
	}
	found, err := a.k.Find(c, c.actor, q)
	if err != nil {
		return nil, err
	}
	out := Found{Total: found.Total, Items: make([]Hit, len(found.Items)), Facets: make([]Facet, len(found.Facets)),
		Next: found.Next, Prev: found.Prev, Warnings: []ProblemSpot{}}
	for i, h := range found.Items {
		out.Items[i] = hitOf(h)
	}
	for i, f := range found.Facets {
		out.Facets[i] = Facet{Field: f.Field, Missing: f.Missing, Values: facetValues(f.Values)}
		if f.Field == index.FieldCircle {
			out.Facets[i].Values = ownCircles(out.Facets[i].Values, circles)
		}
	}
	for _, w := range found.Warnings {
		out.Warnings = append(out.Warnings, ProblemSpot{Location: "query.q", Code: w.Key, Message: a.say(c.lang, w.Key, w.Args...)})
	}
	return &findOutput{out}, nil
}

func hitOf(h kernel.Hit) Hit {
	out := Hit{Summary: summaryOf(h.Summary), Snippets: make([]Snippet, len(h.Snippets))}
	for i, s := range h.Snippets {
		spans := make([]Span, len(s.Spans))
		for j, p := range s.Spans {
			spans[j] = Span(p)
		}
		out.Snippets[i] = Snippet{Field: s.Field, Spans: spans}
	}
	return out
}

func facetValues(list []kernel.FacetValue) []FacetValue {
	out := make([]FacetValue, len(list))
	for i, v := range list {
		out[i] = FacetValue{Value: v.Value, Label: wordsOf(v.Label), Count: v.Count, Depth: v.Depth, Selected: v.Selected}
	}
	return out
}

// circleNames are the circles the person is a member of.
func (a *API) circleNames(c call) (map[string]string, error) {
	list, err := a.k.Circles(c, c.actor)
	out := make(map[string]string, len(list))
	for _, info := range list {
		if info.Role != "" {
			out[string(info.ID)] = info.Name
		}
	}
	return out, err
}

// ownCircles names the circles of the person and leaves out others: with whom
// else a record is shared is not for everybody who reads it.
func ownCircles(values []FacetValue, names map[string]string) []FacetValue {
	out := []FacetValue{}
	for _, v := range values {
		if name, own := names[v.Value]; own {
			v.Label = core.Words{"ru": name, "en": name}
			out = append(out, v)
		}
	}
	return out
}

// findQuery checks what the index would silently find nothing for: a type or a
// field that does not exist.
func (a *API) findQuery(in Question) (kernel.FindQuery, error) {
	q := kernel.FindQuery{Type: in.Type, Text: in.Query, Exact: in.Exact}
	if in.Type != "" && a.k.Packs().Type(in.Type) == nil {
		return q, core.Invalid("error.unknown_type", "type", printable(in.Type)).At("type")
	}
	for _, s := range in.Filter {
		field, value, ok := strings.Cut(s, ":")
		f := kernel.Filter{Not: strings.HasPrefix(field, "-"), Field: strings.TrimPrefix(field, "-")}
		if !ok || value == "" {
			return q, core.Invalid("api.filter").At("filter")
		}
		if !a.counted(in.Type, f.Field) {
			return q, core.Invalid("error.not_countable", "field", printable(f.Field)).At("filter")
		}
		f.Values = splitValues(value)
		q.Filters = append(q.Filters, f)
	}
	return q, nil
}

// splitValues cuts at commas, except those written as "\\,".
func splitValues(s string) []string {
	var out []string
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == ',' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == ',':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(s[i])
		}
	}
	return append(out, b.String())
}

// counted says whether a field has a facet. Fields of the record itself begin
// with "@"; without a type the fields of all types do.
func (a *API) counted(typ, field string) bool {
	if slices.Contains([]string{index.FieldType, index.FieldCircle}, field) {
		return true
	}
	for _, t := range a.k.Packs().Types() {
		if typ != "" && t.Name != typ {
			continue
		}
		if f := t.Field(field); f != nil && f.Facet && f.Sensitivity != core.Sealed {
			return true
		}
	}
	return false
}

func (a *API) facets(typ string, fields []string) ([]string, error) {
	for _, f := range fields {
		if f != "*" && !a.counted(typ, f) {
			return nil, core.Invalid("error.not_countable", "field", printable(f)).At("facets")
		}
	}
	return fields, nil
}

// sort accepts the order of change and the fields that have sort keys.
func (a *API) sort(typ, s string) (string, error) {
	field := strings.TrimPrefix(s, "-")
	if field == "" || field == "updated" {
		return s, nil
	}
	t := a.k.Packs().Type(typ)
	if t != nil {
		if f := t.Field(field); f != nil && f.Sensitivity != core.Sealed {
			return s, nil
		}
	}
	return "", core.Invalid("api.sort", "field", printable(field)).At("sort")
}
