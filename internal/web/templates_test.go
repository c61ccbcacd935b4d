package web_test

import (
	"testing"

	"github.com/jba/templatecheck"

	"svod/internal/web"
)

// TestTemplatesFitTheirStructs type-checks every page, with the partials it
// uses, against the struct it is registered with.
func TestTemplatesFitTheirStructs(t *testing.T) {
	k, _ := newKernel(t, true)
	for _, lang := range web.Languages() {
		pages, err := web.CheckedPages(web.Options{Kernel: k}, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			if err := templatecheck.CheckHTMLStrict(p.Template, p.Data); err != nil {
				t.Errorf("%s: %s: %v", lang, p.Name, err)
			}
		}
	}
}
