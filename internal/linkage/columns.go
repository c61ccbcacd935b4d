package linkage

// Kind says how the cells of a column are read and compared.
type Kind string

// The kinds of columns. A table has at most one column of KindID and KindList;
// of the others there may be several.
const (
	KindIgnore     Kind = "ignore"
	KindID         Kind = "id"         // the row's own identifier, never compared
	KindList       Kind = "list"       // the organisation or list the row comes from
	KindName       Kind = "name"       // a full name in any order
	KindGiven      Kind = "given"      // given name or initial
	KindFamily     Kind = "family"     // surname; a second one in brackets or behind a hyphen
	KindPatronymic Kind = "patronymic" // patronymic or initial
	KindSex        Kind = "sex"
	KindBirth      Kind = "birth"    // date of birth, EDTF or as people write it
	KindDate       Kind = "date"     // any other date: detention, event
	KindPlace      Kind = "place"    // region, town; Options.Places may know the hierarchy
	KindCategory   Kind = "category" // one of a few values: article, state, postcode
	KindText       Kind = "text"     // words with typing errors: street, suburb
	KindCode       Kind = "code"     // a number of a document, nearly unique to a person
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{KindIgnore, KindID, KindList, KindName, KindGiven, KindFamily, KindPatronymic, KindSex, KindBirth,
		KindDate, KindPlace, KindCategory, KindText, KindCode}
}

// Column describes one column of the rows.
type Column struct {
	Name string // header, for messages
	Kind Kind
}

// Row is one record: its cells in the order of Options.Columns. Missing cells at
// the end count as empty.
type Row []string

func (r Row) cell(i int) string {
	if i < 0 || i >= len(r) {
		return ""
	}
	return r[i]
}

// PlaceRelation is what a hierarchy knows about two places.
type PlaceRelation int

// The relations of two places.
const (
	PlacesUnknown  PlaceRelation = iota // compare the words
	PlacesSame                          // two names of one place
	PlacesNested                        // one lies inside the other
	PlacesDistinct                      // different, whatever the words say
)

// Places answers for two cells of a place column as they were written. It must be
// symmetric, pure and safe for concurrent use.
type Places interface {
	Relate(a, b string) PlaceRelation
}
