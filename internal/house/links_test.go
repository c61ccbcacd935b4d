package house

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	fence    = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	markLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
)

func TestLinksInDocumentsLeadSomewhere(t *testing.T) {
	checked := 0
	walk(t, ".md", func(page string, content []byte) {
		if strings.HasPrefix(page, "packs/") {
			return // a pack's guides link within their own pack
		}
		for _, m := range markLink.FindAllStringSubmatch(fence.ReplaceAllString(string(content), ""), -1) {
			checked++
			checkLink(t, page, string(content), m[1])
		}
	})
	if checked < 20 {
		t.Errorf("only %d links found: the search is blind", checked)
	}
}

func checkLink(t *testing.T, page, content, link string) {
	t.Helper()
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return
	}
	target, anchor, _ := strings.Cut(link, "#")
	if target != "" {
		file := path.Join(path.Dir(page), target)
		b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if info, statErr := os.Stat(filepath.Join(root, filepath.FromSlash(file))); statErr == nil && info.IsDir() {
			return
		}
		if err != nil {
			t.Errorf("%s: %s leads nowhere", page, link)
			return
		}
		content = string(b)
	}
	if anchor == "" {
		return
	}
	for _, h := range heading.FindAllStringSubmatch(content, -1) {
		if slug(h[1]) == anchor {
			return
		}
	}
	t.Errorf("%s: %s has no such heading", page, link)
}

// slug is the anchor that forges make of a heading: lower case, no punctuation,
// hyphens for spaces.
func slug(h string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.NewReplacer("`", "", "*", "").Replace(h)) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}
