package web

// What the event page knows of the ESF pack. Everything else on record pages
// comes from the types themselves; the table "who did what to whom" joins three
// types and has to name them. Without them an event is a record like others.
const (
	typeEvent       = "event"
	typeAct         = "act"
	typeInvolvement = "involvement"
	typePerson      = "person"

	fieldEvent       = "event" // of an act and an involvement
	fieldAct         = "act"   // of an involvement
	fieldVictim      = "victim"
	fieldTypeOfAct   = "type_of_act"
	fieldPerpetrator = "perpetrator"
	fieldDegree      = "degree"
	fieldPerpType    = "perpetrator_type"
	fieldStartDate   = "initial_date"
	fieldEndDate     = "final_date"
	fieldExactPlace  = "exact_place"
	fieldPlaceType   = "place_type"
	fieldStatusAtEnd = "status_at_end"
	fieldAge         = "age"
	fieldMethod      = "method"
	fieldName        = "name" // of a person
	fieldSex         = "sex"
	fieldUnit        = "counting_unit"
	fieldHandle      = "handle"
	fieldGroupSize   = "group_size"

	// The block of fields that says who keeps the record, in any pack.
	groupManagement = "management"
	fieldCare       = "confidentiality"
)
