package web

import (
	"strconv"

	"svod/internal/core"
)

// Addresses of what can be done with a record.

func recordActURL(event core.ID) string    { return recordURL(event) + "/act" }
func recordShareURL(id core.ID) string     { return recordURL(id) + "/share" }
func recordWithdrawURL(id core.ID) string  { return recordURL(id) + "/withdraw" }
func recordRestoreURL(id core.ID) string   { return recordURL(id) + "/restore" }
func recordCollisionURL(id core.ID) string { return recordURL(id) + "/collision" }

func recordVersionURL(id core.ID, version int) string {
	return recordURL(id) + "/version/" + strconv.Itoa(version)
}

// A file is always opened through the record it is attached to: the record
// says who may.
func recordFileURL(record, file core.ID) string { return recordURL(record) + "/file/" + string(file) }
func recordThumbURL(record, file core.ID) string {
	return recordURL(record) + "/thumb/" + string(file)
}

// recordPartURL is the form of a new record that will be part of another.
func recordPartURL(typ, field string, owner core.ID) string {
	return recordNewURL(typ) + "?_" + field + "=" + string(owner)
}
