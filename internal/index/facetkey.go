package index

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"svod/internal/core"
)

// FacetKey names a set of records: those that have Value in Field.
type FacetKey struct {
	Field string
	Value string
}

// Fields of keys that belong to the record itself, not to its type. No field
// of a type can begin with @.
const (
	FieldType   = "@type"   // value: type name
	FieldCircle = "@circle" // value: circle ID; home circle and circles shared with
	FieldState  = "@state"  // value: core.State
	FieldHas    = "@has"    // value: HasFile
	FieldImport = "@import" // value: ID of the import that wrote the record
)

// HasFile is the value of FieldHas for records with an attached file.
const HasFile = "file"

// Values every field can have beside its own. They are compact and sort away
// from codes, which begin with a letter or digit.
const (
	ValueAny     = "!" // the field has an item
	ValueMissing = "?" // the field is empty, whatever the reason; "?unknown" and so on name it
	ValueAbout   = "~" // a number, a date: the source was not exact ("about")

	// A date whose span does not lie within one year, month or day.
	ValueWideYear  = "~y"
	ValueWideMonth = "~m"
	ValueWideDay   = "~d"

	textMark = "=" // before the text of a text facet
)

// maxTextFacet is the longest text that can be a facet value, in bytes.
const maxTextFacet = 120

// MissingKey is the set of records whose field is empty for the reason; with
// "" as the reason, empty for any reason or none.
func MissingKey(field string, reason core.Missing) FacetKey {
	return FacetKey{field, ValueMissing + string(reason)}
}

// TextFacetValue is the facet value of a text: the text itself, marked, cut
// at 120 bytes. FacetText undoes it.
func TextFacetValue(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxTextFacet {
		s = s[:maxTextFacet]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	return textMark + s
}

// FacetText returns the text of a text facet value.
func FacetText(value string) (string, bool) { return strings.CutPrefix(value, textMark) }

// IsOwnValue reports whether a facet value is a value people entered, a date
// bucket or a number band, and not one of the marks above or a bit slice.
func IsOwnValue(value string) bool {
	return value != "" && !strings.ContainsRune("!?~#", rune(value[0]))
}

// Number bands grow 1-2-5: 0, 1, 2-4, 5-9, 10-19, 20-49, 50-99, 100-199 … up to
// 1000000+, and <0. A band takes what is not less than its first and less than
// the next band's first number, so 4.5 is in 2-4.
const (
	bandNegative = "<0"
	bandTop      = 1_000_000
)

// Band is the number band that holds v.
func Band(v float64) string {
	if v < 0 || math.IsNaN(v) {
		return bandNegative
	}
	if v >= bandTop {
		return strconv.Itoa(bandTop) + "+"
	}
	low, next := 0, 1
	for float64(next) <= v {
		low, next = next, nextBand(next)
	}
	if next-low == 1 {
		return strconv.Itoa(low)
	}
	return strconv.Itoa(low) + "-" + strconv.Itoa(next-1)
}

func nextBand(n int) int {
	switch first := strconv.Itoa(n)[0]; first {
	case '2':
		return n / 2 * 5
	default: // 1 and 5
		return n * 2
	}
}

// BandBounds gives the numbers of a band: from ≤ v < to. ok is false when the
// value is no band.
func BandBounds(band string) (from, to float64, ok bool) {
	if band == bandNegative {
		return math.Inf(-1), 0, true
	}
	low, err := strconv.Atoi(strings.TrimRight(strings.SplitN(band, "-", 2)[0], "+"))
	if err != nil || low < 0 || Band(float64(low)) != band {
		return 0, 0, false
	}
	if low >= bandTop {
		return float64(low), math.Inf(1), true
	}
	if low == 0 {
		return 0, 1, true
	}
	return float64(low), float64(nextBand(low)), true
}

// SystemFacets are the keys of a record as such. circles are its home circle
// and those it is shared with; importID may be "".
func SystemFacets(typ string, circles []core.ID, state core.State, importID core.ID, files bool) []FacetKey {
	keys := []FacetKey{{FieldType, typ}, {FieldState, string(state)}}
	for _, c := range circles {
		keys = append(keys, FacetKey{FieldCircle, string(c)})
	}
	if importID != "" {
		keys = append(keys, FacetKey{FieldImport, string(importID)})
	}
	if files {
		keys = append(keys, FacetKey{FieldHas, HasFile})
	}
	return sortKeys(keys)
}
