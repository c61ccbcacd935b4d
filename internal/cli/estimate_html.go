package cli

import (
	_ "embed"
	"html/template"

	"svod/internal/core"
)

//go:embed estimate.gohtml
var estimateTemplate string

// estimateDocument is what estimate.gohtml shows.
type estimateDocument struct {
	Lang, Title, Skip string
	Pages             []estimatePage
}

// estimateHTML writes the pages as one file that needs nothing else: no script,
// no address, its style within. It may be opened anywhere, also offline.
func (r *run) estimateHTML(pages []estimatePage) error {
	t, err := template.New("estimate").Parse(estimateTemplate)
	if err != nil {
		return core.Internal(err)
	}
	return t.Execute(r.Out, estimateDocument{Lang: r.lang, Title: pages[0].Title, Skip: r.t("cli.estimate_skip"), Pages: pages})
}
