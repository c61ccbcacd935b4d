package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
)

//go:embed html
var htmlFiles embed.FS

// page names a template of html/page and the struct it is rendered from.
type page struct {
	name string
	data any // zero value, for the type check
}

// pageList is every page of the surface. Each area keeps its own list.
func pageList() []page {
	var all []page
	for _, area := range [][]page{accessPages(), recordPages(), surveyPages()} {
		all = append(all, area...)
	}
	return all
}

// pageSet holds the parsed pages of one language.
type pageSet struct {
	byName map[string]*template.Template
}

// parsePages parses every page with the layout and all partials, with functions
// that speak one language.
func (s *Server) parsePages(lang string) (*pageSet, error) {
	base := template.New("layout").Funcs(s.funcs(lang))
	base, err := base.ParseFS(htmlFiles, "html/part/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: partials: %w", err)
	}
	set := &pageSet{byName: map[string]*template.Template{}}
	for _, p := range pageList() {
		t, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("web: page %s: %w", p.name, err)
		}
		src, err := fs.ReadFile(htmlFiles, "html/page/"+p.name+".html")
		if err != nil {
			return nil, fmt.Errorf("web: page %s: %w", p.name, err)
		}
		if _, err := t.New(p.name).Parse(string(src)); err != nil {
			return nil, fmt.Errorf("web: page %s: %w", p.name, err)
		}
		set.byName[p.name] = t.Lookup("layout")
	}
	return set, nil
}

func (p *pageSet) execute(w io.Writer, name string, data any) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("web: no page %q is registered", name)
	}
	return t.Execute(w, data)
}
