package web

import (
	"net/http"
	"net/url"

	"svod/internal/core"
)

// heldPage gives a form back that came after the session had ended: signed in
// again, in another tab, the same person sends it as it was.
type heldPage struct {
	Frame
	Action  string
	Carried []hiddenInput
	Files   bool // files have to be chosen again
	SignIn  string
}

// holding makes a handler of forms that lose nothing when the session ends
// while somebody types. Without a session nothing is done and nothing is kept:
// the page holds only what this browser has just sent.
func holding(handle func(*Server, *visit) error) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		if v.signed {
			return handle(s, v)
		}
		in, err := v.postedForm("")
		if err != nil {
			return core.SignedOut("error.signed_out")
		}
		return v.held(in.values)
	}
}

func (v *visit) held(in url.Values) error {
	page := heldPage{Frame: v.frame("held.title"), Action: v.r.URL.Path, Carried: hidden(in), SignIn: signInURL(homeURL()),
		Files: v.r.Header.Get("Content-Type") != "application/x-www-form-urlencoded"}
	return v.render(http.StatusUnauthorized, "record_held", page)
}
