package web

import "net/http"

// helpPage explains the house in a few words: search, keys, circles, safety.
type helpPage struct {
	Frame
	Syntax []helpSyntax
	Keys   []helpKey
	Themes []helpTheme
}

// helpSyntax is one way of asking, with an example.
type helpSyntax struct {
	Example, What string
}

type helpKey struct {
	Key, What string
}

type helpTheme struct {
	ID, Title, Text string
}

// syntaxTopics are the parts of the query language in the order of need; their
// words stand under help.q.<topic>.
var syntaxTopics = [...]string{"words", "phrase", "prefix", "not", "or", "name", "field", "date", "number",
	"empty", "reason", "type", "circle", "file", "withdrawn", "exact"}

// helpThemes are the chapters below, under help.theme.<name>.
var helpThemes = [...]string{"record", "circle", "sealed", "empty", "version", "ledger", "exit"}

func (s *Server) helpShow(v *visit) error {
	page := helpPage{Frame: v.frame("menu.help").in("help")}
	for _, t := range syntaxTopics {
		page.Syntax = append(page.Syntax, helpSyntax{v.T("help.q." + t + ".example"), v.T("help.q." + t + ".what")})
	}
	for _, t := range helpThemes {
		page.Themes = append(page.Themes, helpTheme{t, v.T("help.theme." + t + ".title"), v.T("help.theme." + t + ".text")})
	}
	page.Keys = []helpKey{{"/", v.T("help.key_search")}, {"?", v.T("help.key_help")}}
	return v.render(http.StatusOK, "help", page)
}
