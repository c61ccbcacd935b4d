package stats

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"svod/internal/text"
)

// short makes chains short enough for every run of the tests.
func short(o Options) Options {
	o.Rounds, o.Chains, o.Resamples = 20_000, 4, 200
	return o
}

func assess(t *testing.T, tab *Table, o Options) *Report {
	t.Helper()
	r, err := Assess(t.Context(), tab, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *Report) find(f Family) *Estimate {
	for i := range r.Estimates {
		if r.Estimates[i].Family == f {
			return &r.Estimates[i]
		}
	}
	return nil
}

// The leave-one-list-out test of the reference: intervals cover 2 of 4 lists
// (log-linear), 2 of 4 (latent classes), 3 of 4 (graphs), and all miss ABA.
func TestAssessKosovo(t *testing.T) {
	r := assess(t, kosovo(t), short(Options{}))
	if len(r.Estimates) != len(Families()) || len(r.Refusals) != 0 {
		t.Fatalf("%d estimates, refusals %v", len(r.Estimates), r.Refusals)
	}
	for f, want := range map[Family]float64{FamilyIndependence: 7394.6, FamilyBIC: 10356.5, FamilyStepwise: 14341.7, FamilyGraphs: 12595} {
		near(t, string(f), r.find(f).Point, want, 0.001)
	}
	near(t, "latent classes", r.find(FamilyLatent).Point, 10470, 0.05)
	want := map[Family]int{FamilyBIC: 2, FamilyLatent: 2, FamilyGraphs: 3}
	for _, c := range r.Coverage {
		if n, ok := want[c.Family]; ok && (c.Covered != n || c.Of != 4) {
			t.Errorf("%s covers %d of %d, the reference %d of 4", c.Family, c.Covered, c.Of, n)
		}
	}
	aba := r.Holdout[1]
	if aba.List != "ABA" || aba.Truth != 1528 || len(aba.Estimates) != 5 {
		t.Fatalf("%+v", aba)
	}
	for _, e := range aba.Estimates {
		if e.Covers || e.Point < 850 || e.Point > 960 {
			t.Errorf("ABA by %s: %.0f (%.0f-%.0f), the reference misses it with 850 to 960", e.Family, e.Point, e.Low, e.High)
		}
	}
	if s := r.Spread; s.Families != 7 || s.Least > 7395 || s.Most < 14341 || s.Low > 7200 || s.High < 16500 {
		t.Errorf("spread %+v", *s)
	}
	verdictIsHonest(t, r)
}

// verdictIsHonest: the sentences name a range and the reasons, in both
// languages, and no estimate stands in them as a number.
func verdictIsHonest(t *testing.T, r *Report) {
	t.Helper()
	c := catalogue(t)
	var all []string
	for _, m := range append(append([]Message{}, r.Verdict.Say...), r.Verdict.Because...) {
		everyPlaceholder(t, c, m)
		all = append(all, c.T("en", m.Key, m.Args...))
	}
	said := strings.Join(all, "\n")
	for _, e := range r.Estimates {
		exact := text.FormatNumber("en", int64(math.Round(e.Point)))
		if len(exact) > 3 && strings.Contains(said, exact) {
			t.Errorf("the verdict quotes %s of %s:\n%s", exact, e.Family, said)
		}
	}
	if r.Verdict.Usable && (!strings.Contains(said, "between") && !strings.Contains(said, "at least") || len(r.Verdict.Because) == 0) {
		t.Errorf("no range, or no reason:\n%s", said)
	}
}

func TestAssessPathological(t *testing.T) {
	r := assess(t, table(t, pathology), short(Options{}))
	named := map[string]string{}
	for _, m := range r.Selection.Refused {
		named[m.Args[1].(string)] = m.Key
	}
	want := map[string]string{"[12,13,23]": RefuseNotIdentifiable, "[12,3]": RefuseNoEstimate, "[12,13]": RefuseNoEstimate, "[12,23]": RefuseNoEstimate}
	if len(named) != len(want) {
		t.Errorf("refused %v, want %v", named, want)
	}
	for m, key := range want {
		if named[m] != key {
			t.Errorf("%s: %q, want %q", m, named[m], key)
		}
	}
	for _, m := range []string{"[1,2,3]", "[13,23]"} {
		model, err := ParseModel(3, m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := FitModel(table(t, pathology), model, 0.95); err != nil {
			t.Errorf("%s: %v", m, err)
		}
	}
	verdictIsHonest(t, r)
}

func TestAssessRefuses(t *testing.T) {
	c := catalogue(t)
	for name, tc := range map[string]struct{ cells, key string }{
		"two lists":               {"10:20 01:30 11:5", RefuseFewLists},
		"third list empty":        {"100:20 010:30 110:5", RefuseFewLists},
		"nobody twice":            {"100:20 010:30 001:5", RefuseNoOverlap},
		"no test of three lists":  {"100:20 010:30 001:25 110:6 101:4 011:5", RefuseHoldoutLists},
		"no graphs of six lists":  {"100000:20 010000:9 001000:9 000100:9 000010:9 000001:9 110000:6 101000:4 011000:5 000110:4 001001:3", RefuseGraphLists},
		"only the complete graph": {"1000:113100 0100:84500 1100:17700 0010:93600 1010:22800 0110:21700 1110:18100 0001:30600 1001:10600 0101:3100 1101:1800 0011:12300 1011:4200 0111:3200 1111:2700", RefuseSaturated},
		"one of four lists empty": {"1000:20 0100:30 0010:25 1100:6 1010:4 0110:5", RefuseHoldoutLists},
	} {
		r := assess(t, table(t, tc.cells), short(Options{}))
		found := false
		for _, f := range r.Refusals {
			everyPlaceholder(t, c, f.Message)
			found = found || f.Key == tc.key
		}
		if !found {
			t.Errorf("%s: refusals %v, want %s", name, r.Refusals, tc.key)
		}
		if global := tc.key == RefuseFewLists || tc.key == RefuseNoOverlap; global && (len(r.Estimates) > 0 || r.Verdict.Usable) {
			t.Errorf("%s: estimates %v in spite of it", name, r.Estimates)
		}
		verdictIsHonest(t, r)
	}
}

func TestAssessIsReproducible(t *testing.T) {
	const cells = "1000:40 0100:31 0010:22 0001:18 1100:9 1010:7 1001:3 0110:5 0101:4 0011:6 1110:2 1111:1"
	fields := strings.Fields(cells)
	var backwards []string
	for _, f := range fields {
		backwards = append([]string{f}, backwards...)
	}
	o := short(Options{Seed: 7, Workers: 1})
	o.Rounds = 4000
	first := asJSON(t, assess(t, table(t, cells), o))
	o.Workers = 4
	if second := asJSON(t, assess(t, table(t, strings.Join(backwards, " ")), o)); !bytes.Equal(first, second) {
		t.Error("the order of the rows or the number of workers changes the report")
	}
	o.Seed = 8
	if other := asJSON(t, assess(t, table(t, cells), o)); bytes.Equal(first, other) {
		t.Error("the seed changes nothing")
	}
}

func asJSON(t *testing.T, r *Report) []byte {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAssessEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Assess(ctx, kosovo(t), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	for _, o := range []Options{{Level: 1}, {Level: math.NaN()}, {Threshold: 2}, {Chains: 1}, {Rounds: 100, Thin: 50}, {Classes: 1}, {Resamples: 1 << 30}} {
		if _, err := Assess(t.Context(), kosovo(t), o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}

func TestSensitivity(t *testing.T) {
	lines, err := Sensitivity(t.Context(), []Variant{{0.9, kosovo(t)}, {0.99, table(t, "100:20 010:30 001:5")}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 2 || len(lines[0].Estimates) != 4 || lines[0].Observed != 4400 || len(lines[1].Estimates) != 0 || lines[1].Refusals[0].Key != RefuseNoOverlap {
		t.Errorf("%+v", lines)
	}
}
