package web

import (
	"net/http"

	"svod/internal/core"
)

// stylePage shows every component once, for whoever designs a page and for the
// tests that look at pages. It exists in a demo only.
type stylePage struct {
	Frame
	Bars []styleBar
}

type styleBar struct {
	Label string
	Count int
	Depth int
	On    bool
}

// Max is the longest bar.
func (stylePage) Max() int { return 40 }

func (s *Server) styleShow(v *visit) error {
	if !s.kernel.Info().Demo {
		return core.NotFound()
	}
	frame := v.frame("style.title").in("", Crumb{v.T("menu.home"), homeURL()}, Crumb{Label: v.T("style.title")})
	frame.Flash = v.T("flash.passphrase_changed")
	frame.Problems = Problems{List: []Problem{{Field: "style-name", Text: v.T("error.required")}}, Status: http.StatusOK}
	return v.render(http.StatusOK, "style", stylePage{Frame: frame, Bars: []styleBar{
		{"Россия", 40, 0, false}, {"Москва", 23, 1, true}, {"Հայաստան", 9, 0, false}, {"საქართველო", 1, 0, false}}})
}
