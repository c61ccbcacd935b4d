package pack_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/pack"
	"svod/internal/text"
)

// small is the set of the small pack.
func small(t *testing.T) *pack.Set {
	t.Helper()
	set, err := pack.Load(broken("", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func term(code, parent, interop string) core.Term {
	return core.Term{Code: code, Parent: parent, Interop: interop, Label: core.Words{"ru": "т " + code, "en": "t " + code}}
}

func codes(v *core.Vocabulary) []string {
	var list []string
	for _, t := range v.Terms {
		list = append(list, t.Code)
	}
	return list
}

func TestTermsRollUp(t *testing.T) {
	set := small(t)
	if got := set.Ancestors("kinds", "a-1"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("ancestors %v", got)
	}
	if got := set.Descendants("kinds", "a"); !slices.Equal(got, []string{"a-1"}) {
		t.Errorf("descendants %v", got)
	}
	if got := set.Descendants("kinds", ""); !slices.Equal(got, []string{"a", "a-1", "b"}) {
		t.Errorf("all %v", got)
	}
	if set.Term("kinds", "zz") != nil || set.Term("nothing", "a") != nil || set.Ancestors("nothing", "a") != nil {
		t.Error("found what is not there")
	}
	if got := set.TermByInterop("kinds", "010100000000"); got == nil || got.Code != "a-1" {
		t.Errorf("by interop %v", got)
	}
	if got := len(set.Children("kinds", "")); got != 2 {
		t.Errorf("%d top terms", got)
	}
}

func TestWithTermsLaysOverACopy(t *testing.T) {
	set := small(t)
	over := set.WithTerms("kinds", []core.Term{term("a-2", "a", ""), term("b", "", "020000000000"), term("a-2-1", "a-2", "")})
	if got, want := codes(over.Vocabulary("kinds")), []string{"a", "a-1", "a-2", "a-2-1", "b"}; !slices.Equal(got, want) {
		t.Errorf("laid over: %v, want %v", got, want)
	}
	if over.Label("kinds", "b")["ru"] != "т b" || set.Label("kinds", "b")["ru"] != "Б" {
		t.Error("the copy must be reworded and the original not")
	}
	if got, want := codes(set.Vocabulary("kinds")), []string{"a", "a-1", "b"}; !slices.Equal(got, want) {
		t.Errorf("the original changed: %v", got)
	}
	if set.WithTerms("nothing", []core.Term{term("x", "", "")}) != set {
		t.Error("an unknown vocabulary must leave the set as it is")
	}
}

func TestWithTermsLosesNothing(t *testing.T) {
	over := small(t).WithTerms("kinds", []core.Term{term("orphan", "gone", ""), term("x", "y", ""), term("y", "x", "")})
	got := codes(over.Vocabulary("kinds"))
	for _, want := range []string{"orphan", "x", "y"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is lost: %v", want, got)
		}
	}
	if over.Ancestors("kinds", "orphan") != nil {
		t.Error("the orphan must be a top term")
	}
}

func TestCheckTerms(t *testing.T) {
	set := small(t)
	for name, c := range map[string]struct {
		terms []core.Term
		want  string
	}{
		"fine":            {[]core.Term{term("c", "", ""), term("c-1", "a-1", "")}, ""},
		"twice":           {[]core.Term{term("c", "", ""), term("c", "", "")}, "pack.duplicate"},
		"no parent":       {[]core.Term{term("c", "gone", "")}, "pack.unknown_parent"},
		"bad code":        {[]core.Term{term("c c", "", "")}, "pack.bad_form"},
		"no label":        {[]core.Term{{Code: "c"}}, "pack.missing_key"},
		"foreign interop": {[]core.Term{term("c", "a", "030000000000")}, "pack.interop_parent"},
	} {
		err := set.CheckTerms("kinds", c.terms)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if core.KindOf(set.CheckTerms("nothing", nil)) != core.KindNotFound {
		t.Error("an unknown vocabulary is not found")
	}
}

func TestCalled(t *testing.T) {
	set := shipped(t)
	for name, want := range map[string]string{"событие": "event", "СОБЫТИЯ": "event", "Events": "event", "Cобытие": "event"} {
		if got := set.TypesCalled(name); !slices.Equal(got, []string{want}) {
			t.Errorf("type %q: %v", name, got)
		}
	}
	found := func(name, key string) bool {
		return slices.ContainsFunc(set.FieldsCalled(name), func(f *core.Field) bool { return f.Key == key })
	}
	for name, key := range map[string]string{"0113": "initial_date", "дата начала": "initial_date", "initial_date": "initial_date", "People detained": "detained"} {
		if !found(name, key) {
			t.Errorf("field %q: %s not found", name, key)
		}
	}
	for _, c := range []struct {
		words  string
		prefix bool
		want   string
	}{{"москва", false, "RU-MOW"}, {"моск", true, "RU-MOW"}, {"RU-MOW", false, "RU-MOW"}, {"moscow", false, "RU-MOW"}} {
		if got := set.TermsCalled("places", c.words, c.prefix); !slices.Contains(got, c.want) {
			t.Errorf("term %q: %v", c.words, got)
		}
	}
	if got := set.TermsCalled("places", "моск", false); got != nil {
		t.Errorf("half a word is no label: %v", got)
	}
}

func TestLinkingShowsTheOtherSide(t *testing.T) {
	set := shipped(t)
	var got []string
	for _, l := range set.Linking("person") {
		got = append(got, l.Type.Name+"."+l.Field.Key)
	}
	for _, want := range []string{"act.victim", "involvement.perpetrator", "information.source", "information.related_person",
		"intervention.party", "intervention.victim", "biography.person", "biography.related_person", "address.person", "document.subject"} {
		if !slices.Contains(got, want) {
			t.Errorf("a person does not show %s: %v", want, got)
		}
	}
	owners := map[string]string{"act": "event", "involvement": "act", "information": "event", "intervention": "event", "chain": "event",
		"biography": "person", "address": "person", "arrest": "act", "killing": "act", "torture": "act", "destruction": "act", "document": "subject"}
	for name, want := range owners {
		if f := set.Type(name).OwnerField(); f == nil || f.Key != want {
			t.Errorf("%s: owner %v, want %s", name, f, want)
		}
	}
}

func TestGuidesAndMessagesOfPacks(t *testing.T) {
	set := small(t)
	g := set.Guides("ru")
	if len(g) != 1 || g[0].Title != "Начало" || g[0].Body != "Текст\n" || g[0].Name != "first" {
		t.Errorf("guides %+v", g)
	}
	if len(set.Locales()) != 1 {
		t.Errorf("%d catalogues", len(set.Locales()))
	}
}

// TestMessagesAreComplete compares the keys that the code names with both
// catalogues, in both directions.
func TestMessagesAreComplete(t *testing.T) {
	c, err := text.Load(pack.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:pack|terms)\.[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`Message: "([a-z._]+)"[^}]*Near:`).FindAllStringSubmatch(string(source), -1) {
			used[m[1]+"_near"] = true
		}
	}
	delete(used, "pack.yaml")
	for _, lang := range []string{"ru", "en"} {
		for key := range used {
			if !c.Has(lang, key) {
				t.Errorf("%s: no message %s", lang, key)
			}
		}
		for _, key := range c.Keys(lang) {
			if !used[key] {
				t.Errorf("%s: message %s is not used", lang, key)
			}
		}
	}
}
