package store

// Limits of the search index. Both engines apply them in the same way, so that
// results never depend on the engine.
const (
	// MaxToken is the longest token in bytes; longer ones are cut there, when
	// they are indexed and when they are looked for.
	MaxToken = 250
	// MaxPosition is the number of positions in a document up to which phrases
	// are found. Words behind it are found as terms.
	MaxPosition = 16000
	// MaxRepeat is how many occurrences of one token in a document can take
	// part in a phrase.
	MaxRepeat = 250
	// MaxDocBytes is the most bytes of distinct tokens that are indexed of one
	// document, the earliest positions first; what is behind is not found.
	MaxDocBytes = 400_000
)

// PosToken is a folded word at a position. Several tokens may share a position
// (stem, other script, hashed form). A difference of one between positions
// means "the next word"; any larger one keeps phrases from running across, so
// leave a gap of two or more between fields.
//
// A token may hold any characters above U+0020; others: ErrInvalid.
type PosToken struct {
	Token string
	Pos   int
}

// IndexDoc is everything that is searchable about one record.
type IndexDoc struct {
	Ordinal uint32
	Tokens  []PosToken // any order
}

// Expr is a search expression: a tree of [Term], [Prefix], [Phrase], [And],
// [Or] and [Not], at most 60 levels deep.
type Expr interface{ expr() }

// Term finds documents with the token.
type Term string

// Prefix finds documents with a token that begins with it.
type Prefix string

// Phrase finds documents where consecutive positions each hold one of the
// alternatives. A position without alternatives, or no positions, finds nothing.
type Phrase [][]string

// And finds what all parts find; without parts, every indexed document.
type And []Expr

// Or finds what any part finds; without parts, nothing.
type Or []Expr

// Not finds the indexed documents that X does not find.
type Not struct{ X Expr }

func (Term) expr()   {}
func (Prefix) expr() {}
func (Phrase) expr() {}
func (And) expr()    {}
func (Or) expr()     {}
func (Not) expr()    {}

// SearchIndex is the full-text index: tokens in, ordinals out. It knows no
// language; folding, stemming and transliteration happened before. It is
// derived data.
type SearchIndex interface {
	// PutIndex indexes documents, replacing what was indexed for the ordinals.
	PutIndex([]IndexDoc) error
	// DeleteIndex removes documents; ordinals that are not indexed are ignored.
	DeleteIndex(ordinals []uint32) error
	// Match returns the ordinals of all documents that the expression finds,
	// ascending. A nil expression, an empty Term or Prefix: nothing. ErrInvalid
	// when the tree is too deep or a token holds a forbidden character.
	Match(Expr) ([]uint32, error)
}
