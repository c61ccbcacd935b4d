package index

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"svod/internal/core"
)

// demoRows reads a table of the shared data, from the module's root.
func demoRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "demo", name))
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal(err)
		}
		t.Skip("the shared demo data is not here: ", err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, h := range all[0] {
			row[h] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// The events of 2011–2013: 463 events, 7,206 detentions. Every count is checked
// against a walk over the table itself.
func TestDemoEvents(t *testing.T) {
	ctx := context.Background()
	typ, l := eventType(), testLookup()
	texts := demoRows(t, "ovdinfo_events_2011_2013_ru_en.csv")
	facts := demoRows(t, "protest_detention_facts.csv")
	story := map[string]map[string]string{}
	for _, r := range texts {
		story[r["id"]] = r
	}
	m, d := newMemory(), &Delta{}
	sum, may := 0.0, 0
	for i, r := range facts {
		v := core.Values{"start": core.DateValue(mustDate(t, r["date"])), "form": core.TermValue(r["form"])}
		if r["region"] != "" {
			v["region"] = core.Value{Items: []core.Item{{Place: &core.Place{Code: r["region"]}}}}
		}
		if n, err := strconv.ParseFloat(r["detained"], 64); err == nil {
			v["detained"] = core.NumberValue(n)
			sum += n
		}
		if s := story[r["id"]]; s != nil {
			v["story"] = core.NoteValue("ru", s["description_ru"], "en", s["description_en"])
		}
		if len(r["date"]) == 10 && r["date"][:7] == "2012-05" {
			may++
		}
		m.put(d, uint32(i), doc{typ: typ, circles: []core.ID{circleA}, state: core.Active, values: v}, l)
	}
	if err := d.Apply(ctx, m); err != nil {
		t.Fatal(err)
	}
	s, err := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA}}, m)
	if err != nil {
		t.Fatal(err)
	}
	all := s.Everything()
	got, err := SumOf(ctx, all, "detained", m)
	if err != nil || all.Count() != 463 || got.Value != 7206 || sum != 7206 {
		t.Errorf("%d events, %v detentions (%v in the table), %v", all.Count(), got.Value, sum, err)
	}
	if n := len(find(t, m, l, "start:2012-05", circleA)); n != may || may == 0 {
		t.Errorf("May 2012: %d, want %d", n, may)
	}
	h, err := HistogramOf(ctx, all, "start", ByMonth, "detained", m)
	if err != nil {
		t.Fatal(err)
	}
	events, detained := h.Coarse+h.Unknown, 0.0
	for _, b := range h.Bars {
		events += b.Count
		detained += b.Sum.Value
	}
	if events != 463 || detained != 7206 {
		t.Errorf("the months add up to %d events and %v detentions", events, detained)
	}
	if n := len(find(t, m, l, "митингов", circleA)); n < 50 {
		t.Errorf("«митингов» finds %d events", n)
	}
	table, err := CrossTable(ctx, all, Axis{Field: "form"}, Axis{Field: "start", By: ByYear}, "detained", m)
	if err != nil || table.ManyColumns {
		t.Fatalf("%v %+v", err, table)
	}
	for _, row := range table.Rows {
		n := row.Unknown
		for _, c := range row.Cells {
			n += c
		}
		if n != row.Count {
			t.Errorf("%s: the cells add up to %d of %d", row.Value, n, row.Count)
		}
	}
}
