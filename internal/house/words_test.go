package house

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// avoided is a word that the messages must not use, from the glossary.
type avoided struct {
	lang, word, instead string
	pattern             *regexp.Regexp
	except              map[string]bool // message keys; true once it was needed
}

const glossaryTable = "## Words that a test looks for · Слова, за которыми следит тест"

func avoidedWords(t *testing.T) []avoided {
	t.Helper()
	var out []avoided
	for _, r := range rows(t, "docs/GLOSSARY.md", glossaryTable) {
		if len(r) != 4 || r[0] != "ru" && r[0] != "en" || r[2] == "" {
			t.Fatalf("docs/GLOSSARY.md: not a row of lang, word, instead, exceptions: %q", r)
		}
		a := avoided{lang: r[0], word: r[1], instead: r[2], pattern: patternOf(r[1]), except: map[string]bool{}}
		for _, key := range strings.Split(r[3], ",") {
			if key = strings.TrimSpace(key); key != "" {
				a.except[key] = false
			}
		}
		out = append(out, a)
	}
	return out
}

// patternOf matches any of the comma-separated words, whole, with any letters
// for a star. Go's \b knows ASCII only.
func patternOf(words string) *regexp.Regexp {
	var alternatives []string
	for _, w := range strings.Split(words, ",") {
		w = regexp.QuoteMeta(strings.TrimSpace(w))
		alternatives = append(alternatives, strings.ReplaceAll(w, `\*`, `\pL*`))
	}
	return regexp.MustCompile(`(?i)(?:^|[^\pL])(?:` + strings.Join(alternatives, "|") + `)(?:$|[^\pL])`)
}

func TestMessagesUseTheWordsOfTheGlossary(t *testing.T) {
	words := avoidedWords(t)
	messages := 0
	walk(t, ".json", func(file string, content []byte) {
		if path.Base(path.Dir(file)) != "locale" || !strings.HasPrefix(file, "internal/") {
			return
		}
		lang := ""
		for _, l := range []string{"ru", "en"} {
			if name := path.Base(file); name == l+".json" || strings.HasSuffix(name, "."+l+".json") {
				lang = l
			}
		}
		if lang == "" {
			t.Errorf("%s: the name does not say the language", file)
			return
		}
		var all map[string]any
		if err := json.Unmarshal(content, &all); err != nil {
			t.Errorf("%s: %v", file, err)
			return
		}
		for key, message := range all {
			for _, text := range textsOf(message) {
				messages++
				complain(t, words, lang, file, key, text)
			}
		}
	})
	if messages < 500 {
		t.Errorf("only %d messages found: the search is blind", messages)
	}
	for _, a := range words {
		for key, needed := range a.except {
			if !needed {
				t.Errorf("docs/GLOSSARY.md: %s no longer holds %q (%s): take the exception out", key, a.word, a.lang)
			}
		}
	}
}

func complain(t *testing.T, words []avoided, lang, file, key, text string) {
	t.Helper()
	for _, a := range words {
		if a.lang != lang || !a.pattern.MatchString(placeholders.ReplaceAllString(text, "")) {
			continue
		}
		if _, ok := a.except[key]; ok {
			a.except[key] = true
			continue
		}
		t.Errorf("%s: %s says %q, which the glossary calls %q: %s", file, key, a.word, a.instead, text)
	}
}

var placeholders = regexp.MustCompile(`\{[a-z_]+\}`)

// textsOf are the texts of a message: one, or one per plural form.
func textsOf(message any) []string {
	switch m := message.(type) {
	case string:
		return []string{m}
	case map[string]any:
		var out []string
		for _, form := range m {
			out = append(out, textsOf(form)...)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return nil
}
