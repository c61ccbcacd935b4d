package kernel

import (
	"time"

	"svod/internal/core"
)

// FindQuery asks for records of one type (or all, "").
type FindQuery struct {
	Type string
	Text string // query language of package index
	// Filters are combined with AND; the values of one filter with OR.
	Filters []Filter
	// Sort is "-updated" (default), "updated", a sortable field key, or that
	// with "-" before it. Records without a key in the field come last.
	Sort   string
	Limit  int    // 1 … 500, default 50
	Cursor string // from Found.Next or Prev
	// Facets names the fields to count, "*" = all facet fields of the type.
	Facets []string
	// Exact switches off transliteration of names.
	Exact bool
	Full  bool // Summary.Values has every field, not only those of lists
}

// Filter restricts a facet field. Not turns it round.
type Filter struct {
	Field  string
	Values []string // term codes, "2012", "2012-05", "?" (empty for any reason), "?unknown" …
	Not    bool
}

// Found is a page of results and their exact counts.
type Found struct {
	Total    int
	Items    []Hit
	Facets   []Facet
	Next     string // cursor, "" at the end
	Prev     string
	Warnings []*core.Error // "unbalanced quote" and the like; the query ran
}

// Hit is one result with the places where the words were found. A surface that
// shows Marked need not repeat the snippets of the title's fields.
type Hit struct {
	Summary
	Marked   map[string][]Span // title by language, where a word was found in it
	Snippets []Snippet
}

// Snippet is a piece of a field with the found words marked.
type Snippet struct {
	Field string
	Spans []Span
}

// Span is a run of text; Hit marks a found word.
type Span struct {
	Text string
	Hit  bool
}

// Facet is the exact count of a field's values under the query.
type Facet struct {
	Field   string
	Values  []FacetValue // hierarchical terms: parents before children
	Missing int          // records whose field is empty, for any reason
}

// FacetValue is one value with its count.
type FacetValue struct {
	Value    string
	Label    core.Words
	Depth    int
	Count    int
	Selected bool
}

// OverviewQuery counts the records of a type by up to two fields.
type OverviewQuery struct {
	Type    string
	Text    string
	Filters []Filter
	Rows    string // facet field; date fields take "field:year" or "field:month"
	Columns string // "" = none
	Exact   bool
}

// Overview is a table of counts. Every cell can be opened: Filter values are
// those of Rows and Columns.
type Overview struct {
	Total   int
	Sum     Sum // of the type's Count field, over everything found
	Rows    []OverviewRow
	Columns []FacetValue
	Unknown int // records without a value in Rows
	// UnknownRow holds the same records by column, and their sum.
	UnknownRow OverviewRow
	Many       bool // a record can stand in several rows: rows do not add up to Total
}

// OverviewRow is one value of the row field.
type OverviewRow struct {
	FacetValue
	Cells   []int // as Columns
	Unknown int   // records of this row without a value in Columns
	Sum     Sum
}

// Sum is the sum of a number field with its doubts.
type Sum struct {
	Field   string // "" when the type has no Count field
	Value   float64
	About   int // records whose number is approximate
	Missing int // records without a number
}

// Month is a bar of the histogram.
type Month struct {
	Period string // "2012-05" or "2012"
	Count  int
	Sum    float64
}

// Histogram counts by the type's When field.
type Histogram struct {
	By      string  // "month" or "year"
	Bars    []Month // without gaps, in order
	Unknown int     // no date at all
	Coarse  int     // only the year is known (By month): not in Bars
}

// PlaceCount is a bubble of the map: a region with its exact count, or
// Suppressed when the count is below the threshold for publication.
type PlaceCount struct {
	Code       string
	Label      core.Words
	Lat, Lon   float64
	Count      int
	Sum        float64
	Suppressed bool
}

// MapData is what a map needs, with what it cannot show.
type MapData struct {
	Places  []PlaceCount
	Unknown int // records without a place
	Floor   int // counts below it are suppressed
}

// SavedQuery is a named query of a person, or of a circle when Circle is set.
type SavedQuery struct {
	ID      core.ID
	Name    string
	Circle  core.ID
	Owner   string
	Mine    bool
	Type    string
	Text    string
	Filters []Filter
	Sort    string
	Exact   bool
	Created time.Time
}
