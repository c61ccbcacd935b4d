package api

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) countRoutes() {
	on(a, operation(http.MethodGet, "/overview", "overview", "counts", "Count records by one or two fields"), a.overview)
	on(a, operation(http.MethodGet, "/histogram", "histogram", "counts", "Count records by month or year"), a.histogram)
}

type overviewInput struct {
	Question
	Rows    string `query:"rows" doc:"Facet field; a date field takes :year or :month"`
	Columns string `query:"columns" doc:"Second field, empty = none"`
}

type overviewOutput struct{ Body Overview }

// Overview is a table of counts with what it does not know.
type Overview struct {
	Total   int           `json:"total"`
	Sum     *Sum          `json:"sum,omitempty"`
	Rows    []OverviewRow `json:"rows" nullable:"false"`
	Columns []FacetValue  `json:"columns" nullable:"false"`
	Unknown int           `json:"unknown" doc:"Records without a value in rows"`
	Many    bool          `json:"many" doc:"A record can stand in several rows: they do not add up to total"`
}

// OverviewRow is one value of the row field.
type OverviewRow struct {
	FacetValue
	Cells   []int `json:"cells" nullable:"false" doc:"As columns"`
	Unknown int   `json:"unknown" doc:"Records of the row without a value in columns"`
	Sum     *Sum  `json:"sum,omitempty"`
}

// Sum is the sum of a number field with its doubts.
type Sum struct {
	Field   string  `json:"field"`
	Value   float64 `json:"value"`
	About   int     `json:"about" doc:"Records whose number is approximate"`
	Missing int     `json:"missing" doc:"Records without a number"`
}

func sumOf(s kernel.Sum) *Sum {
	if s.Field == "" {
		return nil
	}
	out := Sum(s)
	return &out
}

func (a *API) countQuery(in Question) (kernel.OverviewQuery, error) {
	q, err := a.findQuery(in)
	if err == nil && in.Type == "" {
		err = core.Invalid("error.required").At("type")
	}
	return kernel.OverviewQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Exact: q.Exact}, err
}

func (a *API) overview(c call, in *overviewInput) (*overviewOutput, error) {
	q, err := a.countQuery(in.Question)
	if err != nil {
		return nil, err
	}
	q.Rows, q.Columns = in.Rows, in.Columns
	o, err := a.k.Overview(c, c.actor, q)
	if err != nil {
		return nil, err
	}
	out := Overview{Total: o.Total, Sum: sumOf(o.Sum), Rows: make([]OverviewRow, len(o.Rows)),
		Columns: facetValues(o.Columns), Unknown: o.Unknown, Many: o.Many}
	for i, r := range o.Rows {
		out.Rows[i] = OverviewRow{FacetValue: facetValues([]kernel.FacetValue{r.FacetValue})[0],
			Cells: some(r.Cells), Unknown: r.Unknown, Sum: sumOf(r.Sum)}
	}
	return &overviewOutput{out}, nil
}

type histogramInput struct {
	Question
	By string `query:"by" enum:"month,year" default:"month"`
}

type histogramOutput struct{ Body Histogram }

// Histogram counts by time, without gaps.
type Histogram struct {
	By      string `json:"by" enum:"month,year"`
	Bars    []Bar  `json:"bars" nullable:"false"`
	Unknown int    `json:"unknown" doc:"Records without a date"`
	Coarse  int    `json:"coarse" doc:"Records of which only the year is known: not in the bars of months"`
}

// Bar is one period.
type Bar struct {
	Period string  `json:"period" example:"2012-05"`
	Count  int     `json:"count"`
	Sum    float64 `json:"sum"`
}

func (a *API) histogram(c call, in *histogramInput) (*histogramOutput, error) {
	q, err := a.countQuery(in.Question)
	if err != nil {
		return nil, err
	}
	h, err := a.k.Histogram(c, c.actor, q, in.By)
	if err != nil {
		return nil, err
	}
	out := Histogram{By: h.By, Bars: make([]Bar, len(h.Bars)), Unknown: h.Unknown, Coarse: h.Coarse}
	for i, b := range h.Bars {
		out.Bars[i] = Bar(b)
	}
	return &histogramOutput{out}, nil
}
