package form

import "svod/internal/core"

// Limits on what a record may hold. Field.Max lowers them for one field, never
// raises them. Lengths are in characters.
const (
	MaxText    = 1_000   // one line of text
	MaxNote    = 100_000 // a note in one language: about forty pages
	MaxClarify = 2_000   // a clarifying note
	MaxName    = 300     // each part of a name, a local place, a contact
	MaxItems   = 200     // items of a repeatable field
	MaxInputs  = 5_000   // inputs of one form
	MaxJSON    = 4 << 20 // bytes of one record as JSON
	MaxNumber  = 1e14    // the size of a number, either side of zero
	MaxMinor   = 1e17    // an amount of money in minor units
	MaxLangs   = 20      // languages of one note
)

// maxItems is how many items the field takes.
func maxItems(f *core.Field) int {
	switch {
	case !f.Many:
		return 1
	case f.Max > 0 && f.Max < MaxItems && !measuresText(f):
		return f.Max
	}
	return MaxItems
}

// maxRunes is how long a text, or a note in one language, may be.
func maxRunes(f *core.Field) int {
	limit := MaxText
	if f.Kind == core.FieldNote {
		limit = MaxNote
	}
	if f.Max > 0 && f.Max < limit && measuresText(f) {
		return f.Max
	}
	return limit
}

// measuresText reports whether Field.Max counts characters: it does for single
// texts and notes, and counts items for everything that repeats.
func measuresText(f *core.Field) bool {
	return !f.Many && (f.Kind == core.FieldText || f.Kind == core.FieldNote)
}
