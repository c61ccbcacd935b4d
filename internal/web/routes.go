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

		// Home and help.
		{method: "GET", path: "/{$}", handle: (*Server).homeShow},

		// Records.

		// Overview, import and export, saved queries, jobs.
		{method: "GET", path: "/overview", handle: (*Server).overviewHome},
		{method: "GET", path: "/overview/{type}", handle: (*Server).overviewShow},
		{method: "GET", path: "/overview/{type}/{picture}", handle: (*Server).overviewPart},

		// Anything else: the same answer as for a record out of scope.
		{method: "", path: "/", handle: (*Server).notFound},
	}
}
