package pack_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/pack"
	"svod/internal/text"
	"svod/packs"
)

// shipped loads the packs that ship with the program.
func shipped(t testing.TB) *pack.Set {
	t.Helper()
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// official lists the field numbers of the HURIDOCS Events Standard Formats by
// type, with the record numbers and links the published data dictionary adds.
var official = map[string]string{
	"event": `0101 0102 0108 0111 0112 0113 0114 0115 0116 0150 0151 0152 0153 0154 0155 0156
		0160 0161 0162 0163 0165 0166 0167 0168 0170 0171 0172 0173`,
	"person": `0901 0902 0903 0904 0908 0910 0911 0912 0913 0915 0916 0917 0918 0919 0920 0921 0922 0923
		0924 0925 0926 0927 0928 0930 0931 0940 0941 0942 0943 0944 0945 0946 0947 0950 0953 0954 0957
		0960 0961 0962 0963 0965 0966 0968 0970 0971 0972`,
	"act": `2101 2102 2103 2108 2109 2111 2112 2113 2114 2115 2116 2117 2118 2121 2122 2123 2150 2152 2153
		2154 2155 2160 2161 2162 2165 2166 2170 2171 2172`,
	"chain":       `2201 2202 2203 2209 2250 2261 2262 2265 2270 2271`,
	"biography":   `2301 2302 2303 2308 2309 2310 2311 2320 2322 2323 2327 2328 2350 2361 2362 2365 2370 2371`,
	"involvement": `2401 2402 2403 2404 2408 2409 2412 2422 2450 2461 2462 2465 2466 2470 2471`,
	"information": `2501 2502 2503 2504 2508 2509 2510 2511 2512 2513 2550 2553 2560 2561 2562 2565 2566 2570 2571`,
	"intervention": `2601 2602 2603 2604 2608 2609 2611 2612 2613 2614 2650 2651 2652 2661 2662 2665 2666
		2670 2671 2672`,
	"arrest":      `3102 3110 3112 3113 3114 3115 3116 3117 3118 3119 3120`,
	"killing":     `3202 3212 3213`,
	"torture":     `3302 3311 3312 3351`,
	"destruction": `3402 3410 3411 3412`,
	"address":     `8001 8002 8003 8004 8005 8006 8007 8008 8009 8010 8011`,
	"document":    `9001 9002 9003 9004 9005 9006 9007 9008 9009 9010 9011`,
}

func TestShippedTypesCarryEveryOfficialNumberOnce(t *testing.T) {
	set := shipped(t)
	if got := len(set.Types()); got != len(official) {
		t.Errorf("%d types, want %d", got, len(official))
	}
	for _, typ := range set.Types() {
		var got []string
		for _, f := range typ.Fields {
			if f.Number != "" {
				got = append(got, f.Number)
			}
			if f.Extension != (f.Number == "") {
				t.Errorf("%s.%s: number %q but extension %v", typ.Name, f.Key, f.Number, f.Extension)
			}
		}
		slices.Sort(got)
		if want := strings.Fields(official[typ.Name]); !slices.Equal(got, want) {
			t.Errorf("%s: numbers\n got %v\nwant %v", typ.Name, got, want)
		}
	}
}

func TestShippedMenuOrder(t *testing.T) {
	var got []string
	for _, typ := range shipped(t).Types() {
		if !typ.Part {
			got = append(got, typ.Name)
		}
	}
	if want := []string{"event", "person", "document"}; !slices.Equal(got, want) {
		t.Errorf("menu %v, want %v", got, want)
	}
}

// TestShippedSensitivities freezes what must never be stored in clear: names,
// contacts, papers, health, religion, ethnicity, orientation, and where people
// are.
func TestShippedSensitivities(t *testing.T) {
	set := shipped(t)
	sealed := map[string][]string{
		"event": {"description", "impact", "remarks", "comments", "organiser"},
		"person": {"name", "other_names", "birth_date", "birth_place", "addresses", "identification", "residence",
			"health", "medical_records", "appearance", "religion", "ethnicity", "orientation", "characteristics",
			"national_origin", "other_background", "remarks", "comments"},
		"act":      {"exact_place", "exact_place_end", "location", "physical_harm", "psychological_harm", "victim_characteristics"},
		"arrest":   {"case_description", "conditions", "case_code", "case_name"},
		"address":  {"address", "country", "phone", "mobile", "fax", "email", "web"},
		"document": {"title", "creator", "description", "url"},
	}
	for name, keys := range sealed {
		for _, key := range keys {
			if f := set.Type(name).Field(key); f == nil || f.Sensitivity != core.Sealed {
				t.Errorf("%s.%s must be sealed: %+v", name, key, f)
			}
		}
	}
	for _, typ := range set.Types() {
		for _, f := range typ.Fields {
			if (f.Kind == core.FieldName || f.Kind == core.FieldContact) && f.Sensitivity != core.Sealed {
				t.Errorf("%s.%s: a %s in clear", typ.Name, f.Key, f.Kind)
			}
		}
	}
}

func TestAssemblyExtendsTheEvent(t *testing.T) {
	event := shipped(t).Type("event")
	if event.Count != "detained" || event.When != "initial_date" || event.Where != "places" {
		t.Errorf("count %q when %q where %q", event.Count, event.When, event.Where)
	}
	var groups []string
	for _, g := range event.Groups {
		groups = append(groups, g.Key)
	}
	if want := []string{"what", "when_where", "assembly", "classification", "evidence", "management"}; !slices.Equal(groups, want) {
		t.Errorf("groups %v, want %v", groups, want)
	}
	last := -1
	for _, f := range event.Fields {
		at := slices.Index(groups, f.Group)
		if at < last {
			t.Errorf("field %s stands out of the order of groups", f.Key)
		}
		last = at
	}
}

func TestEveryRoleHasAMessage(t *testing.T) {
	set := shipped(t)
	all := &text.Catalogue{}
	for _, l := range set.Locales() {
		c, err := text.Load(l, ".")
		if err != nil {
			t.Fatal(err)
		}
		if err := all.Merge(c); err != nil {
			t.Fatal(err)
		}
	}
	for _, typ := range set.Types() {
		for _, f := range typ.Fields {
			if f.Link == nil {
				continue
			}
			for _, lang := range []string{"ru", "en"} {
				if !all.Has(lang, "role."+f.Link.Role) {
					t.Errorf("%s.%s: no message role.%s in %s", typ.Name, f.Key, f.Link.Role, lang)
				}
			}
		}
	}
}

// TestDemoCodesExist compares the codes of the demo's fact table with the
// vocabularies of the packs.
func TestDemoCodesExist(t *testing.T) {
	rows := demoTable(t, "protest_detention_facts.csv")
	set := shipped(t)
	vocabularies := map[string]string{"region": "places", "form": "assembly_form", "topic": "assembly_topic"}
	for i, column := range rows[0] {
		vocabulary := vocabularies[column]
		if vocabulary == "" {
			continue
		}
		for _, row := range rows[1:] {
			if row[i] != "" && set.Term(vocabulary, row[i]) == nil {
				t.Errorf("%s: no term %q", vocabulary, row[i])
			}
		}
	}
}

// TestImportHeadings freezes which field the headings of real tables mean.
func TestImportHeadings(t *testing.T) {
	event := shipped(t).Type("event")
	for heading, want := range map[string]string{
		"description": "title", "Акция": "title", "date": "initial_date", "Дата события": "initial_date",
		"region": "places", "Регион": "places", "place": "location", "Место": "location",
		"number_of_detentions": "detained", "Задержано, чел.": "detained", "detained": "detained",
		"agreement": "notified", "Согласовано": "notified", "event_type": "assembly_form", "form": "assembly_form",
		"subject": "assembly_topic", "topic": "assembly_topic", "organizer": "organiser", "links": "source_url",
	} {
		var got []string
		for _, f := range event.Fields {
			if slices.Contains(f.Aliases, heading) {
				got = append(got, f.Key)
			}
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("heading %q names %v, want %s", heading, got, want)
		}
	}
}

func TestEveryVocabularyHasTermsUnlessLocal(t *testing.T) {
	used := map[string]bool{"mt48": true}
	set := shipped(t)
	for _, typ := range set.Types() {
		for _, f := range typ.Fields {
			used[f.Vocabulary] = true
		}
	}
	for _, v := range set.Vocabularies() {
		if v.Local != (len(v.Terms) == 0) {
			t.Errorf("%s: local %v with %d terms", v.Name, v.Local, len(v.Terms))
		}
		if !used[v.Name] {
			t.Errorf("%s: no field uses the vocabulary", v.Name)
		}
	}
}

func BenchmarkLoadShipped(b *testing.B) {
	for b.Loop() {
		if _, err := pack.Load(packs.All()...); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAssemblyWordsOfRealTables looks up every form and topic of the public
// OVD-Info table, in both languages, as an import would.
func TestAssemblyWordsOfRealTables(t *testing.T) {
	set := shipped(t)
	columns := map[string]string{"type_ru": "assembly_form", "type_en": "assembly_form",
		"subject_ru": "assembly_topic", "subject_en": "assembly_topic"}
	rows := demoTable(t, "ovdinfo_events_2011_2013_ru_en.csv")
	for i, column := range rows[0] {
		if columns[column] == "" {
			continue
		}
		seen := map[string]bool{"": true}
		for _, row := range rows[1:] {
			if w := row[i]; !seen[w] {
				seen[w] = true
				if got := set.TermsCalled(columns[column], w, false); len(got) != 1 {
					t.Errorf("%s %q: %v", column, w, got)
				}
			}
		}
	}
}

// demoTable reads a table of the shared demo data.
func demoTable(t *testing.T, name string) [][]string {
	t.Helper()
	path := "../../../shared/data/demo/" + name
	f, err := os.Open(path)
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal(err)
		}
		t.Skip("needs the shared test data: " + path)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
