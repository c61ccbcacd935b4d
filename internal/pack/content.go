package pack

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Guide is a page of advice in one language.
type Guide struct {
	Pack  string
	Name  string // file name without extension; the same in every language
	Lang  string // "ru", "en"
	Title string
	About string
	Body  string // Markdown, without the front matter
}

// File is a file of a pack that is handed on as it is.
type File struct {
	Pack string
	Path string // inside FS
	FS   fs.FS
}

// index is the path of a list member.
func index(key string, i int) string { return key + "[" + strconv.Itoa(i) + "]" }

// readGuides reads guides/<language>/*.md.
func (f *folder) readGuides() {
	for _, dir := range f.files("guides") {
		lang := path.Base(dir)
		if !matches("lang", lang) {
			f.add(dir, Problem{Message: "pack.unknown_file", Found: lang})
			continue
		}
		for _, file := range f.files(dir) {
			name, isMarkdown := strings.CutSuffix(path.Base(file), ".md")
			data, ok := f.read(file)
			if !isMarkdown || !ok {
				f.add(file, Problem{Message: "pack.unknown_file"})
				continue
			}
			f.readGuide(file, name, lang, data)
		}
	}
	for _, g := range f.guides {
		for _, lang := range [...]string{"ru", "en"} {
			if !slices.ContainsFunc(f.guides, func(o Guide) bool { return o.Name == g.Name && o.Lang == lang }) {
				f.add("guides/"+lang+"/"+g.Name+".md", Problem{Message: "pack.missing_file"})
			}
		}
	}
}

// readGuide splits one guide into front matter and body.
func (f *folder) readGuide(file, name, lang string, data []byte) {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	rest, opened := strings.CutPrefix(text, "---\n")
	front, body, closed := strings.Cut(rest, "\n---\n")
	if !opened || !closed {
		f.add(file, Problem{Line: 1, Message: "pack.front_matter"})
		return
	}
	var g guideFile
	src := decodeYAML(f.name(), file, []byte(front), &g, 1)
	f.problems = append(f.problems, src.problems...)
	f.guides = append(f.guides, Guide{Pack: f.name(), Name: name, Lang: lang,
		Title: g.Title, About: g.About, Body: strings.TrimLeft(body, "\n")})
}

// readLocale checks that locale/ holds the same messages in each language. What
// a message may contain is the business of the catalogue that loads them.
func (f *folder) readLocale() {
	keys := map[string]map[string]bool{}
	all := map[string]bool{}
	for _, file := range f.files("locale") {
		data, ok := f.read(file)
		lang, isJSON := strings.CutSuffix(path.Base(file), ".json")
		if !ok || !isJSON || !matches("lang", lang) {
			f.add(file, Problem{Message: "pack.unknown_file"})
			continue
		}
		var messages map[string]json.RawMessage
		if err := json.Unmarshal(data, &messages); err != nil {
			f.add(file, Problem{Line: jsonLine(data, err), Message: "pack.syntax"})
			continue
		}
		keys[file] = map[string]bool{}
		for k := range messages {
			keys[file][k], all[k] = true, true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(keys)) {
		for _, k := range slices.Sorted(maps.Keys(all)) {
			if !keys[file][k] {
				f.add(file, Problem{Message: "pack.missing_key", Key: k})
			}
		}
	}
	for _, file := range [...]string{"locale/ru.json", "locale/en.json"} {
		if len(keys) > 0 && keys[file] == nil {
			f.add(file, Problem{Message: "pack.missing_file"})
		}
	}
	if len(keys) == 0 {
		return
	}
	if sub, err := fs.Sub(f.fsys, "locale"); err == nil {
		f.locale = sub
	}
}

// jsonLine is the line at which JSON could not be read.
func jsonLine(data []byte, err error) int {
	if e, ok := err.(*json.SyntaxError); ok {
		return bytes.Count(data[:min(int(e.Offset), len(data))], []byte("\n")) + 1
	}
	return 1
}

// readExamples lists the files of examples/.
func (f *folder) readExamples() {
	f.examples = f.files("examples")
}
