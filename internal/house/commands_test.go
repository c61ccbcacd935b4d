package house

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"svod/internal/cli"
)

var (
	shownCommand = regexp.MustCompile(`(?:^|[\s(\x60;/=])svod ([a-z][^\x60|)>\n]*)`)
	shownFlag    = regexp.MustCompile(`--[a-z][a-z-]+`)
	codeLine     = regexp.MustCompile("(?m)^    .*$|`[^`\n]+`")
)

// twoWords are the commands that stand above others.
var twoWords = []string{"pack", "user", "token", "key"}

// What the README tells people to type must be something the program takes.
func TestCommandsOfTheReadmeExist(t *testing.T) {
	for _, page := range []string{"README.md", "README.ru.md"} {
		tried := 0
		for _, code := range codeLine.FindAllString(doc(t, page), -1) {
			for _, m := range shownCommand.FindAllStringSubmatch(code, -1) {
				words := strings.Fields(m[1])
				n := 1
				if slices.Contains(twoWords, words[0]) && len(words) > 1 {
					n = 2
				}
				tried++
				help, code := helpOf(words[:n])
				if code != 0 {
					t.Errorf("%s: there is no command in %q", page, m[0])
					continue
				}
				for _, flag := range shownFlag.FindAllString(m[1], -1) {
					if !strings.Contains(help, flag+" ") && !strings.Contains(help, flag+"=") && flag != "--help" {
						t.Errorf("%s: svod %s has no %s", page, strings.Join(words[:n], " "), flag)
					}
				}
			}
		}
		if tried < 15 {
			t.Errorf("%s: only %d commands found: the search is blind", page, tried)
		}
	}
}

func helpOf(command []string) (string, int) {
	var out, errs bytes.Buffer
	p := &cli.Program{Env: func(string) string { return "" }, Out: &out, Err: &errs}
	code := cli.Main(context.Background(), p, append(slices.Clone(command), "--help"))
	return out.String(), code
}
