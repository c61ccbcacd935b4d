// Package web is the surface for people: server-rendered pages that work
// without JavaScript, on an old phone and in Tor Browser "Safest".
//
// Use: New gives an http.Handler over a kernel. Everything that a page shows
// comes from the kernel with the actor of the request; the package knows
// neither store nor keys.
//
// How a page is made, and where to look:
//
//   - routes.go lists every address. One user action is one handler file:
//     decode, call the kernel, render or redirect (POST answers with 303).
//   - A handler is a method func (s *Server) name(v *visit) error. visit carries
//     the actor, the language and the helpers: v.form, v.pathID, v.frame,
//     v.render, v.done (flash and redirect), v.problems (errors to show in the
//     form). Any error that is returned becomes the page its core.Kind asks for
//     (failure.go).
//   - A page is html/page/<name>.html, which defines "main", and a struct that
//     embeds Frame, registered in one of the pages_*.go lists. Partials stand in
//     html/part/*.html and take a struct of their own. No maps.
//   - Words stand in locale/<area>.<lang>.json; a template says {{T "key"}}.
//   - Addresses are built by the functions of urls.go, in Go and in templates.
//   - Style is css/*.css, one served file; /-/style shows every component in a
//     demo.
//
// Tests: site_test.go has a site over a real kernel and a browser to talk to it
// (newSite, as, get, post, want); screen_test.go has a real browser that looks at
// pages on a phone and on a desk and keeps pictures in the folder SVOD_SHOTS;
// words_test.go and templates_test.go hold words and templates to the code.
// testdata/golden has whole pages: go test -update writes them anew.
//
// Promises: no searched word, name or sealed value in a log line, a <title> or
// an address made by the server (what a person types into the search box is in
// the address of the result, because a page must be able to be opened again).
// A record outside the actor's scope and one that does not exist give the same
// bytes. Never promised: the markup; other programs use the API.
package web
