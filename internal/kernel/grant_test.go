package kernel_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/store"
)

// world is a random small consortium with a model of who may see what, kept
// beside the kernel by the simplest rules.
type world struct {
	*house
	rnd     *rand.Rand
	people  []core.Actor
	circles []core.ID
	roles   map[core.ID]map[core.ID]core.Role // circle, person
	records []core.ID
	home    map[core.ID]core.ID
	shared  map[core.ID]map[core.ID]bool
	links   map[core.ID]core.ID // act: event
}

func newWorld(t *testing.T, engine string, seed uint64) *world {
	w := &world{house: newHouseOn(t, engine, nil), rnd: rand.New(rand.NewPCG(seed, 7)), roles: map[core.ID]map[core.ID]core.Role{},
		home: map[core.ID]core.ID{}, shared: map[core.ID]map[core.ID]bool{}, links: map[core.ID]core.ID{}}
	w.circles = []core.ID{w.circle}
	for i := range 2 {
		c, err := w.CircleCreate(w.ctx, w.anna, fmt.Sprintf("Круг %d", i))
		if err != nil {
			t.Fatal(err)
		}
		w.circles = append(w.circles, c.ID)
	}
	for _, c := range w.circles {
		w.roles[c] = map[core.ID]core.Role{w.anna.Person: core.Steward}
	}
	w.people = []core.Actor{w.anna}
	for i := range 3 {
		role := []core.Role{core.Reader, core.Worker, core.Worker}[i]
		var in []core.ID
		for _, c := range w.circles {
			if w.rnd.IntN(2) == 0 {
				in = append(in, c)
			}
		}
		a := w.join(fmt.Sprintf("p%d", i), role, in...)
		for _, c := range in {
			w.roles[c][a.Person] = role
		}
		w.people = append(w.people, a)
	}
	return w
}

// sees is the model: a member of the home circle, or of one it is shared with.
func (w *world) sees(p, record core.ID) bool {
	if _, ok := w.roles[w.home[record]][p]; ok {
		return true
	}
	for c := range w.shared[record] {
		if _, ok := w.roles[c][p]; ok {
			return true
		}
	}
	return false
}

func (w *world) step() {
	a := w.people[w.rnd.IntN(len(w.people))]
	circle := w.circles[w.rnd.IntN(len(w.circles))]
	var record core.ID
	if len(w.records) > 0 {
		record = w.records[w.rnd.IntN(len(w.records))]
	}
	worker := w.roles[circle][a.Person].Allows(core.Worker)
	mayEdit := record != "" && w.roles[w.home[record]][a.Person].Allows(core.Worker)
	switch w.rnd.IntN(6) {
	case 0, 1:
		w.add(a, circle, worker)
	case 2:
		if record == "" {
			return
		}
		known := w.roles[circle][a.Person] != "" || a.Admin
		err := w.Share(w.ctx, a, record, circle, false, "")
		w.expect(err == nil, mayEdit && known, "share", err)
		if err == nil && w.home[record] != circle {
			w.shared[record][circle] = true
		}
	case 3:
		if record == "" {
			return
		}
		err := w.Unshare(w.ctx, a, record, circle, false, "")
		w.expect(err == nil, mayEdit, "unshare", err)
		if err == nil {
			delete(w.shared[record], circle)
		}
	case 4:
		if record == "" {
			return
		}
		err := w.Move(w.ctx, a, record, circle, false, "")
		w.expect(err == nil, mayEdit && worker, "move", err)
		if err == nil && w.home[record] != circle {
			w.home[record] = circle
			delete(w.shared[record], circle)
		}
	case 5:
		w.turn(circle)
	}
}

func (w *world) add(a core.Actor, circle core.ID, allowed bool) {
	n := len(w.records)
	typ, values := "event", core.Values{"title": core.NoteValue("ru", fmt.Sprintf("Событие маркер%d общее", n)),
		"initial_date": core.DateValue(day(w.t, fmt.Sprintf("2012-%02d-03", n%12+1))),
		"description":  core.NoteValue("ru", fmt.Sprintf("тайна%d скрытое", n))}
	if n%3 == 2 {
		typ, values = "person", core.Values{"name": name(fmt.Sprintf("Маркер%d Иванов", n)), "counting_unit": core.TermValue("individual")}
	}
	r, err := w.Create(w.ctx, a, kernel.Draft{Type: typ, Circle: circle, Values: values})
	w.expect(err == nil, allowed, "create", err)
	if err == nil {
		w.records = append(w.records, r.ID)
		w.home[r.ID], w.shared[r.ID] = circle, map[core.ID]bool{}
	}
}

// turn takes somebody out of a circle and puts somebody in, as anna.
func (w *world) turn(circle core.ID) {
	p := w.people[1+w.rnd.IntN(len(w.people)-1)]
	if _, in := w.roles[circle][p.Person]; in {
		if err := w.MemberRemove(w.ctx, w.anna, circle, p.Person); err != nil {
			w.t.Fatal(err)
		}
		delete(w.roles[circle], p.Person)
		return
	}
	role := core.Roles()[w.rnd.IntN(2)]
	if err := w.MemberPut(w.ctx, w.anna, circle, p.Person, role); err != nil {
		w.t.Fatal(err)
	}
	w.roles[circle][p.Person] = role
}

func (w *world) expect(got, want bool, what string, err error) {
	w.t.Helper()
	if got != want {
		w.t.Fatalf("%s: done %v, should be %v (%v)", what, got, want, err)
	}
}

func day(t *testing.T, s string) core.Date {
	t.Helper()
	d, err := core.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// audit asks everything as everybody and compares with the model.
func (w *world) audit() {
	for _, a := range w.people {
		want := 0
		byType := map[string]int{}
		for i, r := range w.records {
			visible := w.sees(a.Person, r)
			if visible {
				want++
				byType[w.typeOf(i)]++
			}
			w.auditRecord(a, i, r, visible)
		}
		all, err := w.Find(w.ctx, a, kernel.FindQuery{Limit: 500, Facets: []string{"*"}})
		if err != nil {
			w.t.Fatal(err)
		}
		if all.Total != want || len(all.Items) != want {
			w.t.Fatalf("%s: lists %d, counts %d, should be %d", a.Name, len(all.Items), all.Total, want)
		}
		for _, f := range all.Facets {
			if f.Field == "@circle" {
				for _, v := range f.Values {
					if _, in := w.roles[core.ID(v.Value)][a.Person]; !in {
						w.t.Errorf("%s: the facet names a circle of others", a.Name)
					}
				}
			}
			if f.Field == "@type" {
				for _, v := range f.Values {
					if v.Count != byType[v.Value] {
						w.t.Errorf("%s: facet %s says %d, should be %d", a.Name, v.Value, v.Count, byType[v.Value])
					}
				}
			}
		}
		months, err := w.Histogram(w.ctx, a, kernel.OverviewQuery{Type: "event"}, "month")
		if err != nil {
			w.t.Fatal(err)
		}
		sum := months.Unknown + months.Coarse
		for _, b := range months.Bars {
			sum += b.Count
		}
		if sum != byType["event"] {
			w.t.Errorf("%s: histogram has %d, should be %d", a.Name, sum, byType["event"])
		}
		w.auditLedger(a)
		w.auditExport(a, want)
		w.auditHints(a)
		for typ, n := range byType {
			table, err := w.Overview(w.ctx, a, kernel.OverviewQuery{Type: typ, Rows: "record_grouping"})
			if core.KindOf(err) == core.KindInvalid {
				continue // sealed or absent in this type: not countable
			}
			if err != nil || table.Total != n {
				w.t.Errorf("%s: overview of %s has %d, should be %d (%v)", a.Name, typ, table.Total, n, err)
			}
		}
	}
}

// auditExport exports everything the person can find, sealed fields included.
func (w *world) auditExport(a core.Actor, want int) {
	w.t.Helper()
	var out bytes.Buffer
	info, err := w.Export(w.ctx, a, kernel.ExportPlan{Format: kernel.FormatJSONL, Sealed: true, Reason: "проверка"}, &out, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if info.Records != want || strings.Count(out.String(), "\n") != want {
		w.t.Fatalf("%s exports %d records in %d lines, should be %d", a.Name, info.Records, strings.Count(out.String(), "\n"), want)
	}
	for i, r := range w.records {
		if held := strings.Contains(out.String(), string(r)); held != w.sees(a.Person, r) {
			w.t.Fatalf("%s: export holds record %d: %v", a.Name, i, held)
		}
	}
}

// auditHints types the beginning of every person's name.
func (w *world) auditHints(a core.Actor) {
	w.t.Helper()
	hints, err := w.Suggest(w.ctx, a, []string{"person"}, "Маркер", 100)
	if err != nil {
		w.t.Fatal(err)
	}
	twins, err := w.Duplicates(w.ctx, a, "person", core.Values{"name": name("Маркер2 Иванов")}, "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, h := range append(hints, twins...) {
		if !w.sees(a.Person, h.ID) {
			w.t.Fatalf("%s is given a hint at %s", a.Name, h.ID)
		}
	}
}

func (w *world) typeOf(i int) string {
	if i%3 == 2 {
		return "person"
	}
	return "event"
}

func (w *world) auditRecord(a core.Actor, i int, r core.ID, visible bool) {
	w.t.Helper()
	_, err := w.Record(w.ctx, a, r)
	w.expect(err == nil, visible, a.Name+" reads", err)
	if !visible && core.KindOf(err) != core.KindNotFound {
		w.t.Fatalf("outside the scope: %v", err)
	}
	_, absent := w.Record(w.ctx, a, core.NewID())
	if !visible && err.Error() != absent.Error() {
		w.t.Fatalf("hidden %q, absent %q", err, absent)
	}
	if _, err := w.History(w.ctx, a, r); (err == nil) != visible {
		w.t.Fatalf("history: %v", err)
	}
	if _, err := w.Links(w.ctx, a, r); (err == nil) != visible {
		w.t.Fatalf("links: %v", err)
	}
	// Words in clear and, where the circle's key is held, sealed ones.
	got, err := w.Find(w.ctx, a, kernel.FindQuery{Text: fmt.Sprintf("маркер%d", i)})
	if err != nil {
		w.t.Fatal(err)
	}
	found := slices.ContainsFunc(got.Items, func(h kernel.Hit) bool { return h.ID == r })
	if !visible && (found || got.Total > 0) {
		w.t.Fatalf("%s finds marker %d", a.Name, i)
	}
	if visible && w.typeOf(i) == "event" && !found {
		w.t.Fatalf("%s does not find marker %d", a.Name, i)
	}
}

func (w *world) auditLedger(a core.Actor) {
	lines, err := w.Ledger(w.ctx, a, 0, 500)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range lines {
		if slices.Contains(w.records, l.Subject) && !w.sees(a.Person, l.Subject) && l.Actor != a.Name {
			w.t.Fatalf("%s sees in the ledger that %s was changed", a.Name, l.Subject)
		}
	}
}

func TestNothingOutsideTheScopeIsEverRevealed(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { randomWorld(t, store.SQLite, seed) })
	}
}

func TestNothingOutsideTheScopeOnPostgreSQL(t *testing.T) { randomWorld(t, store.PostgreSQL, 11) }

func randomWorld(t *testing.T, engine string, seed uint64) {
	w := newWorld(t, engine, seed)
	for i := range 60 {
		w.step()
		if i%15 == 14 {
			w.audit()
		}
	}
	report, err := w.Verify(w.ctx, nil)
	if err != nil || !report.OK() {
		t.Fatalf("verify: %v %+v", err, report.Findings)
	}
	if err := w.Reindex(w.ctx, nil); err != nil {
		t.Fatal(err)
	}
	w.audit()
}
