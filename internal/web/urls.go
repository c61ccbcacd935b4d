package web

import (
	"net/url"

	"svod/internal/core"
)

// Every address of the surface is built here. IDs and type names need no
// escaping; everything else goes through url.Values.

func homeURL() string   { return "/" }
func exitURL() string   { return "/exit" }
func helpURL() string   { return "/help" }
func ledgerURL() string { return "/ledger" }
func peopleURL() string { return "/people" }
func savedURL() string  { return "/saved" }
func jobsURL() string   { return "/jobs" }
func importURL() string { return "/import" }

func circlesURL() string       { return "/circles" }
func accountURL() string       { return "/account" }
func organisationsURL() string { return "/organisations" }
func inviteAcceptURL() string  { return "/join" }

func circleURL(id core.ID) string { return "/circles/" + string(id) }

// signInURL leads to the sign-in page and back to next ("" = home).
func signInURL(next string) string {
	if next == "" {
		return "/sign-in"
	}
	return "/sign-in?" + url.Values{"next": {next}}.Encode()
}

// listURL is the list of a type's records, "" of all.
func listURL(typ string) string {
	if typ == "" {
		return "/list"
	}
	return "/list/" + typ
}

func recordURL(id core.ID) string        { return "/record/" + string(id) }
func recordEditURL(id core.ID) string    { return recordURL(id) + "/edit" }
func recordHistoryURL(id core.ID) string { return recordURL(id) + "/history" }
func recordNewURL(typ string) string     { return listURL(typ) + "/new" }
func savedQueryURL(id core.ID) string    { return savedURL() + "/" + string(id) }
func jobURL(id core.ID) string           { return jobsURL() + "/" + string(id) }
func circleRecordsURL(id core.ID) string {
	return listURL("") + "?" + url.Values{"circle": {string(id)}}.Encode()
}

// overviewURL is the page of counts of a type, "" of the first.
func overviewURL(typ string) string {
	if typ == "" {
		return "/overview"
	}
	return "/overview/" + typ
}
