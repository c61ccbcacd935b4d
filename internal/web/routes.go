package web

// route is one address and what answers it.
type route struct {
	method, path string
	handle       func(s *Server, v *visit) error
	// open routes answer people who are not signed in; all others send them to
	// the sign-in page.
	open bool
	// upload routes read their body themselves, up to Options.MaxUpload; all
	// others get at most maxForm bytes.
	upload bool
}

// routes is every address of the surface, in the patterns of net/http. A GET
// route answers HEAD as well.
func routes() []route {
	return []route{
		// Access: signing in and out, joining.
		{method: "GET", path: "/sign-in", handle: (*Server).signInShow, open: true},
		{method: "POST", path: "/sign-in", handle: (*Server).signInSubmit, open: true},
		{method: "POST", path: "/sign-out", handle: (*Server).signOut, open: true},
		{method: "GET", path: "/exit", handle: (*Server).quickExit, open: true},
		{method: "POST", path: "/language", handle: (*Server).languageSet, open: true},
		{method: "GET", path: "/join", handle: (*Server).joinShow, open: true},
		{method: "POST", path: "/join", handle: (*Server).joinOpen, open: true},
		{method: "POST", path: "/join/accept", handle: (*Server).joinAccept, open: true},

		// Home, help, and all components on one page (demo only).
		{method: "GET", path: "/{$}", handle: (*Server).homeShow},
		{method: "GET", path: "/help", handle: (*Server).helpShow, open: true},
		{method: "GET", path: "/-/style", handle: (*Server).styleShow},

		// The person's own account.
		{method: "GET", path: "/account", handle: (*Server).accountShow},
		{method: "POST", path: "/account/passphrase", handle: (*Server).passphraseChange},
		{method: "GET", path: "/account/second-factor", handle: (*Server).factorShow},
		{method: "POST", path: "/account/second-factor", handle: (*Server).factorConfirm},
		{method: "POST", path: "/account/second-factor/remove", handle: (*Server).factorRemove},
		{method: "POST", path: "/account/sessions/end", handle: (*Server).sessionEnd},
		{method: "POST", path: "/account/lock", handle: (*Server).lockEverything},
		{method: "POST", path: "/account/tokens", handle: (*Server).tokenCreate},
		{method: "POST", path: "/account/tokens/revoke", handle: (*Server).tokenRevoke},

		// Circles and their members.
		{method: "GET", path: "/circles", handle: (*Server).circlesShow},
		{method: "POST", path: "/circles", handle: (*Server).circleCreate},
		{method: "GET", path: "/circles/{id}", handle: (*Server).circleShow},
		{method: "POST", path: "/circles/{id}/name", handle: (*Server).circleRename},
		{method: "POST", path: "/circles/{id}/close", handle: (*Server).circleClose},
		{method: "POST", path: "/circles/{id}/members", handle: (*Server).memberAdd},
		{method: "POST", path: "/circles/{id}/role", handle: (*Server).memberRole},
		{method: "POST", path: "/circles/{id}/remove", handle: (*Server).memberRemove},

		// People, invites, organisations.
		{method: "GET", path: "/people", handle: (*Server).peopleShow},
		{method: "POST", path: "/people/remove", handle: (*Server).personRemove},
		{method: "GET", path: "/people/invite", handle: (*Server).inviteShow},
		{method: "POST", path: "/people/invite", handle: (*Server).inviteCreate},
		{method: "POST", path: "/people/invites/revoke", handle: (*Server).inviteRevoke},
		{method: "GET", path: "/organisations", handle: (*Server).organisationsShow},
		{method: "POST", path: "/organisations", handle: (*Server).organisationCreate},

		// The ledger.
		{method: "GET", path: "/ledger", handle: (*Server).ledgerShow},
		{method: "GET", path: "/ledger/checkpoint", handle: (*Server).ledgerCheckpoint},
		{method: "POST", path: "/ledger/verify", handle: (*Server).ledgerVerify},

		// Records.
		{method: "GET", path: "/list", handle: (*Server).listShow},
		{method: "GET", path: "/list/{type}", handle: (*Server).listShow},
		{method: "GET", path: "/list/{type}/new", handle: (*Server).recordNewShow},
		{method: "POST", path: "/list/{type}/new", handle: holding((*Server).recordNewSubmit), upload: true, open: true},
		{method: "GET", path: "/record/{id}", handle: (*Server).recordShow},
		{method: "GET", path: "/record/{id}/edit", handle: (*Server).recordEditShow},
		{method: "POST", path: "/record/{id}/edit", handle: holding((*Server).recordEditSubmit), upload: true, open: true},
		{method: "POST", path: "/record/{id}/collision", handle: holding((*Server).recordCollisionSubmit), open: true},
		{method: "GET", path: "/record/{id}/act", handle: (*Server).actShow},
		{method: "POST", path: "/record/{id}/act", handle: holding((*Server).actSubmit), open: true},
		{method: "GET", path: "/record/{id}/history", handle: (*Server).recordHistory},
		{method: "GET", path: "/record/{id}/version/{number}", handle: (*Server).recordVersion},
		{method: "POST", path: "/record/{id}/restore", handle: (*Server).recordRestore},
		{method: "GET", path: "/record/{id}/share", handle: (*Server).recordShareShow},
		{method: "POST", path: "/record/{id}/share", handle: (*Server).recordShareSubmit},
		{method: "GET", path: "/record/{id}/withdraw", handle: (*Server).recordWithdrawShow},
		{method: "POST", path: "/record/{id}/withdraw", handle: (*Server).recordWithdrawSubmit},
		{method: "GET", path: "/record/{id}/file/{file}", handle: (*Server).recordFile},
		{method: "GET", path: "/record/{id}/thumb/{file}", handle: (*Server).recordThumb},
		{method: "GET", path: "/saved", handle: (*Server).savedShow},
		{method: "POST", path: "/saved", handle: (*Server).savedCreate},
		{method: "GET", path: "/saved/{id}", handle: (*Server).savedRun},
		{method: "POST", path: "/saved/{id}", handle: (*Server).savedChange},

		// Overview, import and export, saved queries, jobs.
		{method: "GET", path: "/overview", handle: (*Server).overviewHome},
		{method: "GET", path: "/overview/{type}", handle: (*Server).overviewShow},
		{method: "GET", path: "/overview/{type}/{picture}", handle: (*Server).overviewPart},
		{method: "GET", path: "/import", handle: (*Server).importShow},
		{method: "POST", path: "/import", handle: (*Server).importUpload, upload: true},
		{method: "GET", path: "/import/file/{id}", handle: (*Server).importReading},
		{method: "POST", path: "/import/file/{id}", handle: (*Server).importReread},
		{method: "GET", path: "/import/file/{id}/columns", handle: (*Server).importAnew},
		{method: "GET", path: "/import/file/{id}/trial", handle: (*Server).importAnew},
		{method: "POST", path: "/import/file/{id}/columns", handle: (*Server).importColumns},
		{method: "POST", path: "/import/file/{id}/trial", handle: (*Server).importTrial},
		{method: "POST", path: "/import/file/{id}/commit", handle: (*Server).importCommit},
		{method: "POST", path: "/import/file/{id}/forget", handle: (*Server).importForget},
		{method: "GET", path: "/import/done/{id}", handle: (*Server).importDone},
		{method: "POST", path: "/import/done/{id}/undo", handle: (*Server).importUndo},
		{method: "GET", path: "/export", handle: (*Server).exportHome},
		{method: "GET", path: "/export/{type}", handle: (*Server).exportShow},
		{method: "POST", path: "/export/{type}", handle: (*Server).exportMake},
		{method: "GET", path: "/jobs", handle: (*Server).jobsShow},
		{method: "GET", path: "/jobs/{id}", handle: (*Server).jobShow},
		{method: "GET", path: "/jobs/{id}/file", handle: (*Server).jobFile},
		{method: "POST", path: "/jobs/{id}/cancel", handle: (*Server).jobCancel},
		{method: "GET", path: "/vocabularies", handle: (*Server).vocabulariesShow},
		{method: "GET", path: "/vocabularies/{name}", handle: (*Server).vocabularyShow},
		{method: "POST", path: "/vocabularies/{name}", handle: (*Server).vocabularyUpload, upload: true},
		{method: "POST", path: "/vocabularies/{name}/adopt", handle: (*Server).vocabularyAdopt},

		// Anything else: the same answer as for a record out of scope.
		{method: "", path: "/", handle: (*Server).notFound},
	}
}
