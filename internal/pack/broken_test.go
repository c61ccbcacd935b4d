package pack_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"svod/internal/core"
	"svod/internal/pack"
)

// whole is a small pack without a fault; the cases below break it in one place.
var whole = map[string]string{
	"pack.yaml": `name: demo
version: "1.0.0"
label: {ru: Проба, en: Trial}
about: {ru: Для тестов., en: For tests.}
types: [event, act]
vocabularies:
  - name: kinds
    list: "04"
    label: {ru: Виды, en: Kinds}
    file: terms/kinds.csv
`,
	"types/event.yaml": `name: event
number: "01xx"
label: {ru: Событие, en: Event}
plural: {ru: События, en: Events}
about: {ru: Случай., en: An occurrence.}
title: [title]
when: day
count: people
groups:
  - key: main
    label: {ru: Главное, en: Main}
fields:
  - key: title
    number: "0102"
    kind: text
    label: {ru: Название, en: Title}
    group: main
    sensitivity: open
    aliases: [name]
  - key: day
    kind: date
    label: {ru: День, en: Day}
    group: main
    sensitivity: open
  - key: people
    kind: number
    label: {ru: Людей, en: People}
    group: main
    sensitivity: sealed
`,
	"types/act.yaml": `name: act
label: {ru: Действие, en: Act}
plural: {ru: Действия, en: Acts}
about: {ru: Часть события., en: Part of an event.}
title: [kind]
part: true
blocks:
  - name: shared
    official: []
fields:
  - key: event
    kind: link
    label: {ru: Событие, en: Event}
    sensitivity: internal
    link:
      types: [event]
      role: part_of
      inverse: {ru: Действия, en: Acts}
      owner: true
  - key: kind
    kind: term
    label: {ru: Вид, en: Kind}
    sensitivity: open
    vocabulary: kinds
`,
	"blocks/shared.yaml": `fields:
  - key: remarks
    number: "NN50"
    kind: note
    label: {ru: Примечания, en: Remarks}
    sensitivity: sealed
`,
	"terms/kinds.csv": `code,parent,interop,ru,en
a,,010000000000,А,A
a-1,a,010100000000,А1,A1
b,,020000000000,Б,B
`,
	"guides/ru/first.md": "---\ntitle: Начало\nabout: С чего начать.\n---\nТекст\n",
	"guides/en/first.md": "---\ntitle: Start\nabout: Where to start.\n---\nText\n",
	"locale/ru.json":     `{"hello": "Привет"}`,
	"locale/en.json":     `{"hello": "Hello"}`,
}

// broken is the whole pack with old replaced by new in one file. An empty old
// replaces the file; an empty new as well removes it.
func broken(file, old, new string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range whole {
		if name == file {
			if old == "" {
				text = new
			} else {
				text = strings.Replace(text, old, new, 1)
			}
			if text == "" {
				continue
			}
		}
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if _, there := whole[file]; !there && file != "" {
		out[file] = &fstest.MapFile{Data: []byte(new)}
	}
	return out
}

func TestWholePackLoads(t *testing.T) {
	if _, err := pack.Load(broken("", "", "")); err != nil {
		t.Fatal(err)
	}
}

// The files of the whole pack that most cases break.
const event, act, manifest, terms = "types/event.yaml", "types/act.yaml", "pack.yaml", "terms/kinds.csv"

// faults are ways to break the whole pack: in file, old becomes new, and a
// problem then reads like want.
var faults = []struct{ file, old, new, want string }{
	{event, "kind: text", "knd: text", `types/event.yaml:15: field "title": unknown key "knd"; expected one of key, number, kind,`},
	{event, "kind: text", "knd: text", `did you mean "kind"?`},
	{event, "kind: text", "knd: text", `types/event.yaml:13: field "title": missing key "kind"`},
	{event, "kind: text", "kind: txt", `types/event.yaml:15: field "title": kind: unknown “txt”; expected one of text,`},
	{event, "kind: text", "kind: [text]", `types/event.yaml:15: field "title": kind: found “[…]”; expected text`},
	{event, `number: "0102"`, "number: 0102", `types/event.yaml:14: field "title": number: found 0102 without quotes`},
	{event, `number: "0102"`, `number: "102"`, `types/event.yaml:14: field "title": number: “102” does not have the expected form`},
	{event, `number: "0102"`, `number: "NN02"`, `types/event.yaml:14: field "title": number: “NN02” does not have`},
	{event, "    kind: date\n", "    number: \"0102\"\n    kind: date\n", `types/event.yaml:21: field "day": number: “0102” is there twice`},
	{event, ", en: Title}", "}", `types/event.yaml:16: field "title": label: the wording in “en” is missing`},
	{event, "ru: Название", `ru: " "`, `types/event.yaml:16: field "title": label: the wording in “ru” is missing`},
	{event, "label: {ru: Название, en: Title}", "label: Title", `types/event.yaml:16: field "title": label: found “Title”; expected keys with values`},
	{event, "key: day", "key: title", `types/event.yaml:20: field "title": key: “title” is there twice`},
	{event, "key: day", "key: Day", `field "Day": key: “Day” does not have the expected form`},
	{event, "group: main", "group: mian", `types/event.yaml:17: field "title": group: unknown “mian”; expected one of main; did you mean "main"?`},
	{event, "sensitivity: sealed", "sensitivity: sealed\n    facet: true", `types/event.yaml:30: field "people": facet: a sealed field`},
	{event, "sensitivity: sealed", "sensitivity: sealed\n    list: true", `types/event.yaml:30: field "people": list: a sealed field`},
	{event, "sensitivity: sealed", "sensitivity: secret", `types/event.yaml:29: field "people": sensitivity: unknown “secret”`},
	{event, "sensitivity: sealed", "sensitivity: open\n    max: many", `types/event.yaml:30: field "people": max: found “many”; expected a whole number`},
	{event, "sensitivity: sealed", "sensitivity: open\n    required: maybe", `types/event.yaml:30: field "people": required: found “maybe”; expected true or false`},
	{event, "sensitivity: sealed", "sensitivity: open\n    vocabulary: kinds", `types/event.yaml:30: field "people": vocabulary: not possible for a field of kind number`},
	{event, "sensitivity: sealed", "sensitivity: open\n    auto: created_at", `types/event.yaml:30: field "people": auto: “number” is of the wrong kind; expected date`},
	{event, "sensitivity: sealed", "sensitivity: open\n    aliases: [Name]", `types/event.yaml:30: field "people": aliases: “Name” is there twice`},
	{event, "title: [title]", "title: [titel]", `types/event.yaml:6: title: unknown “titel”; expected one of title, day, people; did you mean "title"?`},
	{event, "when: day", "when: title", `types/event.yaml:7: when: “title” is of the wrong kind; expected date`},
	{event, "count: people", "count: day", `types/event.yaml:8: count: “day” is of the wrong kind; expected number`},
	{event, "count: people", "where: people", `types/event.yaml:8: where: “people” is of the wrong kind; expected place`},
	{event, "name: event\n", "name: incident\n", `types/event.yaml:1: name: the file is called “event”; expected “incident”`},
	{event, "count: people", "count: people\ncount: people", `types/event.yaml:9: key "count" is there twice`},
	{event, "count: people", "count:", `types/event.yaml:8: key "count" is empty`},
	{event, "title: [title]", "title: title", `types/event.yaml:6: title: found “title”; expected a list`},
	{event, "fields:", "fields: [", `types/event.yaml:`},
	{act, "types: [event]", "types: [evnt]", `types/act.yaml:16: field "event": types: unknown “evnt”; expected one of event, act; did you mean "event"?`},
	{act, "sensitivity: internal", "sensitivity: sealed", `types/act.yaml:14: field "event": sensitivity: a link cannot be sealed`},
	{act, "sensitivity: internal", "sensitivity: internal\n    many: true", `types/act.yaml:15: field "event": many: the link to the owner`},
	{act, "owner: true", "owner: false", `types/act.yaml:6: part: a part needs one link with owner: true`},
	{act, "      role: part_of\n", "", `types/act.yaml:15: field "event": missing key "role"`},
	{act, "    link:\n      types: [event]\n      role: part_of\n      inverse: {ru: Действия, en: Acts}\n      owner: true\n", "", `types/act.yaml:11: field "event": missing key "link"; a field of kind link needs it`},
	{act, "  - key: kind\n", `  - key: again
    kind: link
    label: {ru: Ещё, en: Again}
    sensitivity: open
    link: {types: [event], role: part_of, inverse: {ru: А, en: A}, owner: true}
  - key: kind
`, `types/act.yaml:24: field "again": owner: the type already has a link to its owner`},
	{act, "vocabulary: kinds", "vocabulary: kind", `types/act.yaml:24: field "kind": vocabulary: unknown “kind”; expected one of kinds; did you mean "kinds"?`},
	{act, "    vocabulary: kinds\n", "", `types/act.yaml:20: field "kind": missing key "vocabulary"`},
	{act, "official: []", "official: [remark]", `types/act.yaml:9: block "shared": official: unknown “remark”; expected one of remarks; did you mean "remarks"?`},
	{act, "name: shared", "name: common", `types/act.yaml:8: block "common": the file is missing blocks/common.yaml`},
	{"blocks/shared.yaml", "kind: note", "kind: nota", `blocks/shared.yaml:4: field "remarks": kind: unknown “nota”`},
	{manifest, "types: [event, act]", "types: [event, act, case]", `types/case.yaml: the file is missing`},
	{manifest, "types: [event, act]", "types: [event]", `types/act.yaml: the type “act” is not listed under types`},
	{manifest, "types:", "requires: [esf]\ntypes:", `pack.yaml:5: requires: unknown “esf”; expected one of demo`},
	{manifest, "types:", "requires: [demo]\ntypes:", `pack.yaml:5: the packs require each other in a circle`},
	{manifest, `version: "1.0.0"`, "version: 1.0.0-beta", `pack.yaml:2: version: “1.0.0-beta” does not have the expected form`},
	{manifest, `list: "04"`, "list: 4", `pack.yaml:8: vocabulary "kinds": list: found 4 without quotes`},
	{manifest, "terms/kinds.csv", "terms/kind.csv", `pack.yaml:10: vocabulary "kinds": the file is missing terms/kind.csv`},
	{manifest, "terms/kinds.csv", "../kinds.csv", `pack.yaml:10: vocabulary "kinds": file: “../kinds.csv” does not have`},
	{manifest, "", "", `pack.yaml: the file is missing`},
	{manifest, "", "# nothing\n", `pack.yaml:1: `},
	{"terms/other.csv", "", "code,ru,en\n", `terms/other.csv: the list is not declared under vocabularies`},
	{terms, "code,parent", "code,parrent", `terms/kinds.csv:1: unknown key "parrent"; expected one of code, parent,`},
	{terms, ",en\n", "\n", `terms/kinds.csv:1: missing key "en"`},
	{terms, "b,,", "a,,", `terms/kinds.csv:4: term "a": code: “a” is there twice`},
	{terms, "b,,", "b b,,", `terms/kinds.csv:4: term "b b": code: “b b” does not have`},
	{terms, "a-1,a,", "a-1,b,", `terms/kinds.csv:3: term "a-1": parent: “b” stands further down`},
	{terms, "a-1,a,", "a-1,c,", `terms/kinds.csv:3: term "a-1": parent: there is no term “c”`},
	{terms, "010100000000", "0101", `terms/kinds.csv:3: term "a-1": interop: “0101” does not have`},
	{terms, "010100000000", "020100000000", `terms/kinds.csv:3: term "a-1": interop: 020100000000 is not below its parent; expected 01…`},
	{terms, "020000000000", "010100000000", `terms/kinds.csv:4: term "b": interop: “010100000000” is there twice`},
	{terms, "А1,A1", "А1,", `terms/kinds.csv:3: term "a-1": label: the wording in “en” is missing`},
	{terms, "А1,A1", "А1,A1,x", `terms/kinds.csv:3: term "a-1": the row has 6 cells; expected 5`},
	{terms, "", "code,ru,en,lat\na,А,A,123\n", `terms/kinds.csv:2: term "a": lat: found “123”; expected degrees between -90 and 90`},
	{terms, "", "code,ru,en,hidden\na,А,A,perhaps\n", `terms/kinds.csv:2: term "a": hidden: unknown “perhaps”`},
	{terms, "", "code,parent,ru,en\na,,а,a\nb,a,а,a\nc,b,а,a\nd,c,а,a\ne,d,а,a\nf,e,а,a\ng,f,а,a\n", `terms/kinds.csv:8: term "g": parent: level 7; a vocabulary has at most 6`},
	{"guides/ru/first.md", "title: Начало", "titel: Начало", `guides/ru/first.md:2: unknown key "titel"; expected one of title, about; did you mean "title"?`},
	{"guides/ru/first.md", "---\n", "", `guides/ru/first.md:1: the guide does not begin with front matter`},
	{"guides/en/first.md", "", "", `guides/en/first.md: the file is missing`},
	{"locale/en.json", "hello", "helo", `locale/en.json: missing key "hello"`},
	{"locale/en.json", ": ", " ", `locale/en.json:1: cannot be read`},
	{"type/x.yaml", "", "name: x\n", `type: nothing reads this file; expected one of pack.yaml, types,`},
	{"types/event.other.yaml", "", "extend: event\nlabel: {ru: А, en: A}\n", `types/event.other.yaml:1: extend: the file is called “event.other”; expected “event.demo”`},
	{"types/event.demo.yaml", "", "extend: event\nlabel: {ru: А, en: A}\n", `types/event.demo.yaml:2: label: belongs to the type itself`},
	{"types/evnt.demo.yaml", "", "extend: evnt\n", `types/evnt.demo.yaml:1: extend: unknown “evnt”; expected one of event, act; did you mean "event"?`},
}

func TestBrokenPacksNameFileLineAndKey(t *testing.T) {
	for _, c := range faults {
		t.Run(c.want, func(t *testing.T) {
			problems := pack.Check(broken(c.file, c.old, c.new))
			var all []string
			for _, p := range problems {
				all = append(all, p.String())
			}
			if text := strings.Join(all, "\n"); !strings.Contains(text, c.want) {
				t.Errorf("got\n%s\nwant a line with\n%s", text, c.want)
			}
			if _, err := pack.Load(broken(c.file, c.old, c.new)); core.KindOf(err) != core.KindInvalid {
				t.Errorf("Load: kind %q, want invalid", core.KindOf(err))
			}
		})
	}
}

// TestOneFaultOneProblem guards against cascades: a reader who mends the first
// problem should not have been sent after consequences of it.
func TestOneFaultOneProblem(t *testing.T) {
	for _, c := range []struct{ file, old, new string }{
		{"types/event.yaml", "kind: text", "kind: txt"},
		{"types/event.yaml", ", en: Title}", "}"},
		{"types/event.yaml", "group: main", "group: mian"},
		{"types/act.yaml", "vocabulary: kinds", "vocabulary: kind"},
		{"terms/kinds.csv", "code,parent", "code,parrent"},
	} {
		if got := pack.Check(broken(c.file, c.old, c.new)); len(got) != 1 {
			t.Errorf("%s, %q: %d problems: %v", c.file, c.new, len(got), got)
		}
	}
}

func TestCheckLeavesOutProblemsOfOtherPacks(t *testing.T) {
	good := broken("", "", "")
	bad := fstest.MapFS{"pack.yaml": {Data: []byte("name: worse\nversion: \"1.0.0\"\nlabel: {ru: А, en: A}\n")}}
	if got := pack.Check(good, bad); len(got) != 0 {
		t.Errorf("problems of the other pack: %v", got)
	}
	if got := pack.Check(bad, good); len(got) != 1 {
		t.Errorf("want the missing about only: %v", got)
	}
}

func TestProblemAsError(t *testing.T) {
	p := pack.Check(broken("types/event.yaml", "kind: text", "knd: text"))
	var near *core.Error
	for i := range p {
		if p[i].Near != "" {
			near = p[i].Err()
		}
	}
	if near == nil || near.Key != "pack.unknown_key_near" || near.Row != 15 || near.Kind != core.KindInvalid {
		t.Errorf("got %+v", near)
	}
}
