package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// Chunks is everything the algebra reads. The kernel implements it over the
// store, with a cache; bitmaps it hands out are shared and never changed here.
type Chunks interface {
	// Bitmap returns the set of a key; an absent set is an empty bitmap, never
	// nil.
	Bitmap(ctx context.Context, key FacetKey) (*roaring.Bitmap, error)
	// Values lists the values that a field has sets for, ascending.
	Values(ctx context.Context, field string) ([]string, error)
	// Text returns the records that a text expression finds.
	Text(ctx context.Context, expr TextExpr) (*roaring.Bitmap, error)
	// Range returns the records whose sort key in field is at least from and
	// less than to; nil leaves an end open.
	Range(ctx context.Context, field string, from, to []byte) (*roaring.Bitmap, error)
}

// TextOp says what a TextExpr is.
type TextOp uint8

// The text expressions, the same as the store's search expressions.
const (
	TextTerm   TextOp = iota // records with Token
	TextPrefix               // records with a token that begins with Token
	TextPhrase               // consecutive positions, each holding one of its alternatives
	TextAll                  // what all Args find
	TextAny                  // what any of Args finds
)

// TextExpr is a search in the token stream.
type TextExpr struct {
	Op     TextOp
	Token  string
	Phrase [][]string
	Args   []TextExpr
}
