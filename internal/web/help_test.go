package web_test

import (
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/web"
)

// TestHelpTellsTheTruth asks every example of the help page: each must be
// understood without a warning.
func TestHelpTellsTheTruth(t *testing.T) {
	s := newSite(t)
	if _, err := s.kernel.CircleCreate(t.Context(), s.actor("anna"), "Reception"); err != nil {
		t.Fatal(err)
	}
	own, err := web.OwnWords()
	if err != nil {
		t.Fatal(err)
	}
	anna, asked := s.actor("anna"), 0
	for _, lang := range web.Languages() {
		for _, key := range own.Keys(lang) {
			if !strings.HasPrefix(key, "help.q.") || !strings.HasSuffix(key, ".example") {
				continue
			}
			asked++
			example := own.T(lang, key)
			found, err := s.kernel.Find(t.Context(), anna, kernel.FindQuery{Text: example})
			if err != nil {
				t.Errorf("%s: %q: %v", lang, example, err)
			}
			if len(found.Warnings) > 0 {
				t.Errorf("%s: %q: %v", lang, example, core.Errors(found.Warnings))
			}
		}
	}
	if asked < 30 {
		t.Errorf("only %d examples", asked)
	}
}
