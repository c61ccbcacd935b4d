package demo_test

import (
	"context"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/demo"
	"svod/internal/kernel"
)

// records reads every record of a type that somebody may see.
func records(t *testing.T, k *kernel.Kernel, a core.Actor, typ string) []core.Record {
	t.Helper()
	ctx := context.Background()
	var ids []core.ID
	q := kernel.FindQuery{Type: typ, Limit: 200}
	for {
		found, err := k.Find(ctx, a, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Items {
			ids = append(ids, h.ID)
		}
		if q.Cursor = found.Next; q.Cursor == "" {
			break
		}
	}
	var out []core.Record
	for len(ids) > 0 {
		n := min(100, len(ids))
		some, err := k.Records(ctx, a, ids[:n])
		if err != nil {
			t.Fatal(err)
		}
		out, ids = append(out, some...), ids[n:]
	}
	return out
}

// TestTheInventedPeople counts what the stories hold, and looks whether they
// keep to the facts they hang on.
func TestTheInventedPeople(t *testing.T) {
	ctx, k := context.Background(), newKernel(t, true)
	access, err := demo.Load(ctx, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	vera := signIn(t, k, access, "vera")
	all := map[string][]core.Record{}
	for typ, least := range map[string]int{"person": 130, "act": 110, "involvement": 70, "information": 60, "intervention": 45,
		"chain": 10, "biography": 25, "arrest": 15, "torture": 5, "destruction": 5, "killing": 1, "address": 10, "document": 13} {
		all[typ] = records(t, k, vera, typ)
		if n := len(all[typ]); n < least {
			t.Errorf("%d records of type %s, want %d", n, typ, least)
		}
	}
	events := records(t, k, vera, "event")
	if len(events) != 463 {
		t.Errorf("%d events: the stories add or lose some", len(events))
	}
	checkSealing(t, k, all)
	checkCircles(t, k, access, all["person"])
	checkPrecisions(t, all["person"])
	checkDetentions(t, events, all["act"])
	checkSpellings(t, k, vera)
	checkTwins(t, k, vera, all["person"])
}

// checkTwins wants the people whom both circles met, each writing the name
// their own way, to be hinted at as the same.
func checkTwins(t *testing.T, k *kernel.Kernel, a core.Actor, people []core.Record) {
	t.Helper()
	for lawyers, monitors := range map[string]string{
		"Shcherbakov Ignat": "Щербаков Игнат Лукич", "Khassanov Ilguiz": "Хасанов Ильгиз Фаритович",
		"Yuschenkov Savely": "Ющенков Савелий Маркович", "Գրիգորյան Արշակ": "Григорян Аршак Мкртичевич",
		"ბერიძე თამთა": "Беридзе Тамта", "Eminova Sevinc Tofiq qızı": "Эминова Севиндж Тофик кызы",
		"Zhanabilov Erasyl": "Жанабилов Ерасыл", "Vaitsiushonak Ales": "Вайтюшонок Алесь Янович",
		"Rakhmatshoev Firdavs": "Рахматшоев Фирдавс",
	} {
		var record core.Record
		for _, p := range people {
			if n := p.Values["name"].First().Name; n != nil && n.String() == lawyers {
				record = p
			}
		}
		hints, err := k.Duplicates(context.Background(), a, "person", record.Values, record.ID)
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, h := range hints {
			ok = ok || h.Circle != record.Circle && strings.Contains(h.Title["ru"], monitors)
		}
		if !ok {
			t.Errorf("%s is not hinted at as %s, among %d hints", lawyers, monitors, len(hints))
		}
	}
}

// checkSealing wants both kinds of fields used: what only the circle can read,
// and what lists and counts work with.
func checkSealing(t *testing.T, k *kernel.Kernel, all map[string][]core.Record) {
	t.Helper()
	sealed, open, files, with, total := 0, 0, 0, 0, 0
	for typ, list := range all {
		fields := k.Packs().Type(typ)
		for _, r := range list {
			before := sealed
			for key, v := range r.Values {
				f := fields.Field(key)
				if f == nil {
					continue
				}
				if f.Sensitivity == core.Sealed {
					sealed++
				} else {
					open++
				}
				for _, item := range v.Items {
					if item.File != nil {
						files++
					}
				}
			}
			if total++; sealed > before {
				with++
			}
		}
	}
	if sealed < 500 || open < 500 {
		t.Errorf("%d values are sealed, %d are not", sealed, open)
	}
	if share := float64(with) / float64(total); share < 0.3 || share > 0.9 {
		t.Errorf("%.0f %% of %d records hold something sealed", 100*share, total)
	}
	if files < 20 {
		t.Errorf("%d files attached", files)
	}
}

// checkCircles wants people in both circles, and some whom both may read.
func checkCircles(t *testing.T, k *kernel.Kernel, access demo.Access, people []core.Record) {
	t.Helper()
	home := map[core.ID]int{}
	groups := 0
	for _, p := range people {
		home[p.Circle]++
		if p.Values["counting_unit"].First().Term != "individual" {
			groups++
		}
	}
	for c, n := range home {
		if n < 30 {
			t.Errorf("%d people in circle %s", n, c)
		}
	}
	if len(home) != 2 || groups < 15 {
		t.Errorf("people in %d circles, %d of them groups", len(home), groups)
	}
	shared := 0
	olga := signIn(t, k, access, "olga")
	marat := signIn(t, k, access, "marat")
	seen := map[core.ID]bool{}
	for _, p := range records(t, k, olga, "person") {
		seen[p.ID] = true
	}
	for _, p := range records(t, k, marat, "person") {
		if seen[p.ID] {
			shared++
		}
	}
	if shared < 10 {
		t.Errorf("both circles read %d people", shared)
	}
	if n := len(records(t, k, marat, "event")); n == 0 || n > 40 {
		t.Errorf("the lawyers see %d events; want those of their cases only", n)
	}
}

// checkPrecisions wants dates of birth known as differently as they are in life.
func checkPrecisions(t *testing.T, people []core.Record) {
	t.Helper()
	seen := map[core.Precision]int{}
	about, missing := 0, map[core.Missing]int{}
	for _, p := range people {
		for _, v := range p.Values {
			if v.Missing != "" {
				missing[v.Missing]++
			}
		}
		if d := p.Values["birth_date"].First().Date; d != nil {
			seen[d.Precision()]++
			if d.Approximate() {
				about++
			}
		}
	}
	for _, want := range []core.Precision{core.PrecisionDay, core.PrecisionMonth, core.PrecisionYear, core.PrecisionDecade, core.PrecisionRange} {
		if seen[want] == 0 {
			t.Errorf("no date of birth is known as a %s", want)
		}
	}
	if about < 5 || missing[core.Unknown] == 0 || missing[core.Refused] == 0 || missing[core.NotAsked] == 0 {
		t.Errorf("%d approximate dates of birth; missing: %v", about, missing)
	}
}

// checkDetentions wants no invented detention to contradict a fact: not before
// the event, and not of more people than were detained there.
func checkDetentions(t *testing.T, events, acts []core.Record) {
	t.Helper()
	facts := map[core.ID]core.Record{}
	for _, e := range events {
		facts[e.ID] = e
	}
	victims := map[core.ID]map[core.ID]bool{}
	for _, a := range acts {
		event, on := facts[a.Values["event"].First().Link]
		if !on {
			t.Fatalf("act %s is part of no event", a.ID)
		}
		when, start := a.Values["initial_date"].First().Date, event.Values["initial_date"].First().Date
		if when == nil || when.String()[:4] < start.String()[:4] {
			t.Errorf("act of %v at an event of %v", when, start)
		}
		kind := a.Values["type_of_act"].First().Term
		if !strings.HasPrefix(kind, "detention-at-protest") && kind != "detention" {
			continue
		}
		if when.String() != start.String() {
			t.Errorf("detained at the event of %s on %s", start, when)
		}
		if victims[event.ID] == nil {
			victims[event.ID] = map[core.ID]bool{}
		}
		victims[event.ID][a.Values["victim"].First().Link] = true
		if n, most := len(victims[event.ID]), event.Values["detained"].First().Number.Value; float64(n) > most {
			t.Errorf("%s: %d invented people detained of %v", start, n, most)
		}
	}
}

// checkSpellings finds people by a spelling their record does not hold.
func checkSpellings(t *testing.T, k *kernel.Kernel, a core.Actor) {
	t.Helper()
	for typed, want := range map[string]string{
		"Shcherbakov": "Щербаков Игнат Лукич", "Yushchenkov": "Ющенков Савелий Маркович", "Khasanov": "Хасанов Ильгиз Фаритович",
		"Tsybulskiy": "Цыбульский Вениамин Оскарович", "Zhavoronkov": "Жаворонков Платон Егорович",
		"Eminova": "Эминова Севиндж Тофик кызы", "Григорян": "Григорян Аршак Мкртичевич", "Grigoryan": "Григорян Аршак Мкртичевич",
		"Beridze": "Беридзе Тамта", "ბერიძე": "Беридзе Тамта", "Գրիգորյան": "Григорян Аршак Мкртичевич",
		"Елкина": "Ёлкина Аглая Степановна", "Ljubimcev": "Любимцев Савватий Прокопович",
	} {
		found, err := k.Find(context.Background(), a, kernel.FindQuery{Type: "person", Text: typed, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, h := range found.Items {
			for _, title := range h.Title {
				ok = ok || strings.Contains(title, want)
			}
		}
		if !ok {
			t.Errorf("%q does not find %s among %d", typed, want, found.Total)
		}
	}
}
