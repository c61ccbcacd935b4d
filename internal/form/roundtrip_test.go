package form

import (
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"testing"

	"svod/internal/core"
)

func same(t *testing.T, what string, got, want core.Values) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Fatalf("%s:\ngot  %s\nwant %s", what, a, b)
	}
}

func TestDecodingUndoesEncoding(t *testing.T) {
	typ, p := allKinds(), testPacks()
	for seed := uint64(0); seed < 400; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		want := randomValues(t, r, typ)
		if errs := Check(typ, want, p); len(errs) > 0 {
			t.Fatalf("seed %d: the values do not pass: %v", seed, errs)
		}
		for _, terms := range []Terms{nil, p} {
			d := DecodeForm(typ, EncodeForm(typ, want), terms)
			if len(d.Errors) > 0 {
				t.Fatalf("seed %d: %v", seed, d.Errors)
			}
			same(t, "form", d.Values, want)
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		d := DecodeJSON(typ, data)
		if len(d.Errors) > 0 {
			t.Fatalf("seed %d: %v", seed, d.Errors)
		}
		same(t, "JSON", d.Values, want)
	}
}

// submit is what a browser without JavaScript sends back of an untouched form.
func submit(f Form) url.Values {
	out := url.Values{}
	send := func(in *Input) {
		if in == nil {
			return
		}
		switch in.Kind {
		case InputTick:
			if in.Checked {
				out.Set(in.Name, in.Value)
			}
		case InputSelect, InputRadio, InputTicks:
			for _, o := range in.Options {
				if o.Selected {
					out.Add(in.Name, o.Value)
				}
			}
		default:
			out.Set(in.Name, in.Value)
		}
	}
	for _, g := range f.Groups {
		for _, c := range g.Controls {
			send(c.Missing)
			send(c.List)
			for _, row := range c.Rows {
				for i := range row.Inputs {
					send(&row.Inputs[i])
				}
			}
		}
	}
	return out
}

func TestSendingAnUntouchedFormChangesNothing(t *testing.T) {
	typ, p := allKinds(), testPacks()
	for seed := uint64(0); seed < 400; seed++ {
		r := rand.New(rand.NewPCG(seed, 2))
		want := randomValues(t, r, typ)
		for _, lang := range []string{"ru", "en"} {
			f := Model(typ, want, lang, Options{Terms: p, Extra: map[string]int{"titles": 2}})
			d := DecodeForm(typ, submit(f), p)
			if len(d.Errors) > 0 {
				t.Fatalf("seed %d: %v", seed, d.Errors)
			}
			same(t, "overlay", Overlay(want, d.Values), want)
		}
	}
}

func TestAFormShownAgainKeepsWhatWasTyped(t *testing.T) {
	typ, p := allKinds(), testPacks()
	in := url.Values{
		"title.0.text": {"  "}, "title.missing": {""}, "start.0.date": {"позавчера"}, "count.0.number": {"1,234"},
		"titles.4.text": {"далеко"}, "where.0.code": {"Georgia"}, "reach.0.channel": {"phone"}, "reach.0.value": {""},
		"victims.0.find": {"Иванов"}, "_add": {"titles"},
	}
	d := DecodeForm(typ, in, p)
	errs := Problems(typ, d.Errors, Check(typ, d.Values, p))
	if d.Add != "titles" || len(d.Finds) != 1 || d.Finds[0] != (Find{"victims", 0, "Иванов"}) {
		t.Errorf("add %q, finds %v", d.Add, d.Finds)
	}
	var got []string
	for _, e := range errs {
		got = append(got, e.Field+" "+e.Key)
	}
	want := []string{"title form.required", "start error.date_expected", "count form.number_ambiguous", "where form.term_several", "victims form.link_choose"}
	if len(got) != len(want) {
		t.Fatalf("errors %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("error %d: %s, want %s", i, got[i], want[i])
		}
	}
	f := Model(typ, core.Values{}, "ru", Options{Terms: p, Raw: in, Errors: errs, Extra: map[string]int{d.Add: 1}})
	back := submit(f)
	for name, value := range map[string]string{"start.0.date": "позавчера", "count.0.number": "1,234", "titles.0.text": "далеко", "where.0.code": "Georgia", "victims.0.find": "Иванов"} {
		if back.Get(name) != value {
			t.Errorf("%s = %q, want %q", name, back.Get(name), value)
		}
	}
	for _, c := range controls(f) {
		switch c.Field.Key {
		case "titles":
			if len(c.Rows) != 3 || c.AddRow != "titles" {
				t.Errorf("titles: %d rows, add %q", len(c.Rows), c.AddRow)
			}
		case "reach":
			if len(c.Rows) != 1 || !c.Rows[0].Blank {
				t.Error("a chosen channel alone is no item")
			}
		case "start":
			if len(c.Errors) != 1 || len(c.Rows[0].Errors) != 1 {
				t.Errorf("start: errors %v", c.Errors)
			}
		}
	}
}

func controls(f Form) []Control {
	var out []Control
	for _, g := range f.Groups {
		out = append(out, g.Controls...)
	}
	return out
}

func TestModel(t *testing.T) {
	typ, p := allKinds(), testPacks()
	start, _ := core.ParseDate("2012-05-XX")
	values := core.Values{
		"number": core.TextValue("E-1"), "title": core.TextValue("Дело"), "start": core.DateValue(start),
		"form": core.TermValue("old"), "fine": core.MissingValue(core.Refused), "victims": core.LinkValue("0190a000-0000-7000-8000-00000000000a"),
	}
	f := Model(typ, values, "ru", Options{Terms: p, Locked: []string{"names"},
		Title: func(core.ID) string { return "Иванов И." },
		Show:  func(_ *core.Field, v core.Value) string { return v.First().Text }})
	if len(f.Groups) != 3 || f.Groups[0].Key != "" || f.Groups[1].Label != "главное" || f.Groups[2].Closed {
		t.Fatalf("groups: %+v", f.Groups)
	}
	by := map[string]Control{}
	for _, c := range controls(f) {
		by[c.Field.Key] = c
	}
	if len(by) != len(typ.Fields) {
		t.Errorf("%d controls for %d fields", len(by), len(typ.Fields))
	}
	if c := by["number"]; !c.Fixed || c.Shown != "E-1" || c.Rows != nil {
		t.Errorf("number: %+v", c)
	}
	if c := by["names"]; !c.Locked || !c.Sealed || c.Rows != nil || c.Missing != nil {
		t.Errorf("names: %+v", c)
	}
	if c := by["start"]; c.Rows[0].Echo != start.Format("ru") || c.Rows[0].Inputs[0].Value != "2012-05-XX" {
		t.Errorf("start: %+v", c.Rows)
	}
	if c := by["form"]; len(c.Rows[0].Inputs[0].Options) != 5 || !c.Rows[0].Inputs[0].Options[4].Selected {
		t.Errorf("form: a hidden term stays where it is chosen: %+v", c.Rows[0].Inputs[0].Options)
	}
	if c := by["forms"]; c.List == nil || len(c.List.Options) != 3 || c.List.Options[1].Depth != 1 || c.Rows != nil {
		t.Errorf("forms: %+v", c.List)
	}
	if c := by["far"]; c.List != nil || c.Rows[0].Inputs[0].Kind != InputSearch {
		t.Errorf("far: %+v", c)
	}
	if c := by["fine"]; c.Missing.Value != "refused" {
		t.Errorf("fine: %+v", c.Missing)
	}
	if c := by["victims"]; c.Rows[0].Inputs[0].Shown != "Иванов И." || c.Rows[1].Inputs[1].Types[0] != "person" {
		t.Errorf("victims: %+v", c.Rows)
	}
	if c := by["title"]; !c.Required || c.AddRow != "" || len(c.Rows) != 1 || c.Rows[0].Inputs[0].Max != 80 {
		t.Errorf("title: %+v", c)
	}
	closed := Model(typ, core.Values{}, "en", Options{Terms: p})
	if !closed.Groups[2].Closed || closed.Groups[1].Label != "ГЛАВНОЕ" {
		t.Errorf("an empty group stays closed: %+v", closed.Groups[2])
	}
	seen := map[string]bool{}
	for _, c := range controls(f) {
		for _, r := range c.Rows {
			for _, in := range r.Inputs {
				if seen[in.ID] {
					t.Errorf("ID %s is there twice", in.ID)
				}
				seen[in.ID] = true
			}
		}
	}
}
