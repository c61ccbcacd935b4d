package core

// FieldKind says what a field holds.
type FieldKind string

// The field kinds. A surface renders and decodes by kind, never by type.
const (
	FieldText    FieldKind = "text"    // one line, one language
	FieldNote    FieldKind = "note"    // long, multilingual
	FieldTerm    FieldKind = "term"    // code from a vocabulary
	FieldDate    FieldKind = "date"    // EDTF
	FieldNumber  FieldKind = "number"  // with "about" and range
	FieldMoney   FieldKind = "money"   // amount and ISO 4217 code
	FieldPlace   FieldKind = "place"   // ISO 3166 code, name, point, precision
	FieldName    FieldKind = "name"    // of a person or body, per script
	FieldContact FieldKind = "contact" // phone, e-mail, messenger, address
	FieldLink    FieldKind = "link"    // to another record
	FieldFile    FieldKind = "file"    // attached file
	FieldYesNo   FieldKind = "yesno"
)

// FieldKinds lists every kind, in the order used by documentation.
func FieldKinds() []FieldKind {
	return []FieldKind{FieldText, FieldNote, FieldTerm, FieldDate, FieldNumber, FieldMoney,
		FieldPlace, FieldName, FieldContact, FieldLink, FieldFile, FieldYesNo}
}

// Sensitivity says who may come to read a field, and how it is stored.
type Sensitivity string

// Open may be published after review; InsideUse stays inside the circle, in
// clear above the page encryption; Sealed is encrypted with the record's key.
const (
	Open      Sensitivity = "open"
	InsideUse Sensitivity = "internal"
	Sealed    Sensitivity = "sealed"
)

// Type is a record type as a pack defines it. Types are values: loaded once,
// never changed at run time.
type Type struct {
	Name   string // "event": lower-case ASCII letters and underscores
	Pack   string // pack that defines it
	Number string // official number of the format in its standard ("01xx"), may be empty
	Label  Words  // «Событие»
	Plural Words  // «События»
	About  Words  // one sentence: when to use it
	// Title names the fields from which a record's title is made, in order;
	// the first that is not empty wins. A link field takes the linked
	// record's title.
	Title []string
	// When names the date field used for the time histogram and default
	// order; Where the place field for maps; Count the number field that is
	// summed beside the count of records. Any may be empty.
	When, Where, Count string
	// Part says that the type is always reached through another record (an
	// act through its event) and is kept out of the main menu.
	Part   bool
	Groups []Group
	Fields []Field // in form order
}

// Group is a section of a form.
type Group struct {
	Key   string
	Label Words
	Hint  Words
	// Closed groups start folded: the form shows what most people need.
	Closed bool
}

// Field is one field of a type.
type Field struct {
	Key         string // "initial_date": lower-case ASCII
	Number      string // official number, "0113"
	Kind        FieldKind
	Label       Words
	Hint        Words
	Group       string
	Required    bool // a value or a missing reason must be given
	Many        bool // repeatable
	Clarify     bool // each item takes a clarifying note
	Sensitivity Sensitivity
	Vocabulary  string // of a term or place field
	Link        *LinkSpec
	Facet       bool     // counted and filterable; never on sealed fields
	List        bool     // shown as a column of lists
	Identity    bool     // used to find duplicates ("name", "birth date")
	Auto        string   // filled by the kernel: "created_at", "created_by", "updated_at", "updated_by", "number"
	Aliases     []string // column headings under which imports recognise the field, any language
	Extension   bool     // added by us or another pack, not part of the official format
	Max         int      // longest text in characters, or most items of a many field; 0 = the kernel's limit
}

// LinkSpec says where a link field may point and how it reads from there.
type LinkSpec struct {
	Types []string // allowed target types
	Role  string   // "victim", "perpetrator", "source", "part_of" …
	// Inverse is the heading under which the target shows the linking
	// records: on a person, «Пострадавший(ая) в действиях».
	Inverse Words
	// Owner marks the link that makes this record a part of its target: the
	// act's link to its event. At most one per type.
	Owner bool
}

// Allows reports whether the link may point to records of the type. No Types
// means any.
func (l *LinkSpec) Allows(typ string) bool {
	for _, t := range l.Types {
		if t == typ {
			return true
		}
	}
	return len(l.Types) == 0
}

// Field returns the field with the key, or nil.
func (t *Type) Field(key string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return &t.Fields[i]
		}
	}
	return nil
}

// OwnerField returns the link field that makes records of this type part of
// another record, or nil.
func (t *Type) OwnerField() *Field {
	for i := range t.Fields {
		if l := t.Fields[i].Link; l != nil && l.Owner {
			return &t.Fields[i]
		}
	}
	return nil
}

// Vocabulary is a list of terms, up to six levels deep.
type Vocabulary struct {
	Name  string // "mt04" or "places"
	Pack  string
	List  string // official list number, "04"; may be empty
	Label Words
	// Local vocabularies are shipped empty and filled by the organisation.
	Local bool
	Terms []Term // parents before children, in display order
}

// Term is one coded value.
type Term struct {
	Code   string // unique within the vocabulary, ASCII: "detention" or "RU-MOW"
	Parent string // code of the parent term, "" at the top
	Label  Words
	About  Words // scope note, may be empty
	// Interop is the 12-digit hierarchical HURIDOCS code (2 digits a level);
	// empty where our list extends the official one.
	Interop string
	Aliases []string // other words by which people and imports call it, any language
	Kind    string   // of a place: "country", "region", "city" …; empty elsewhere
	Hidden  bool     // kept for old records, not offered any more
	Lat     float64
	Lon     float64 // of a place; both 0 = none
}
