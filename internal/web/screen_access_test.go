package web_test

import "testing"

// TestAccessPagesOnScreen looks at the pages of access without scripts.
func TestAccessPagesOnScreen(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.demo = true })
	newScreen(t, s.browser()).tour(map[string]string{"sign-in": "/sign-in"})
	newScreen(t, s.as("anna")).tour(map[string]string{"home": "/", "missing": "/nowhere"})
}
