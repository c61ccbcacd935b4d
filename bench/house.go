package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/packs"
)

// house is a kernel with one person in it.
type house struct {
	k        *kernel.Kernel
	store    store.Store
	actor    core.Actor
	circle   core.ID
	key      crypt.InstanceKey
	database string
	engine   string
	records  []core.ID // a sample of those written
}

const passphrase = "ferry lantern moss orchard tin"

func open(ctx context.Context, dir, database string) (*house, error) {
	h := &house{key: crypt.NewInstanceKey(), database: database}
	if err := h.start(ctx, dir, true); err != nil {
		return nil, err
	}
	done, err := h.k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Проба"}, Name: "bench",
		Passphrase: passphrase, Lang: "ru", Circle: "Проба"})
	if err != nil {
		return nil, err
	}
	h.circle = done.Circle.ID
	h.actor, err = h.k.Unlock(ctx, kernel.SignIn{Name: "bench", Passphrase: passphrase}, "bench")
	return h, err
}

func (h *house) start(ctx context.Context, dir string, create bool) (err error) {
	if h.database != "" {
		h.store, err = sqlstore.OpenPostgres(ctx, h.database, sqlstore.Options{Create: create})
	} else {
		key := crypt.DeriveInstance(h.key, crypt.ForDatabase)
		h.store, err = sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), key[:], sqlstore.Options{Create: create})
	}
	if err != nil {
		return err
	}
	h.engine = h.store.Engine()
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		return err
	}
	set, err := pack.Load(packs.All()...)
	if err != nil {
		return err
	}
	h.k, err = kernel.New(ctx, kernel.Options{Store: h.store, Blobs: blobs, Packs: set, InstanceKey: h.key.Bytes()})
	return err
}

func (h *house) close() {
	h.k.Close()
	h.store.Close()
}

// reopen times what a restart costs until the first answer.
func reopen(ctx context.Context, dir string, h *house) (time.Duration, error) {
	begin := time.Now()
	if err := h.start(ctx, dir, false); err != nil {
		return 0, err
	}
	defer h.close()
	if _, err := h.k.Head(ctx); err != nil {
		return 0, err
	}
	return time.Since(begin), nil
}

// fill writes the events in batches, as an import does.
func (h *house) fill(ctx context.Context, n int) (time.Duration, error) {
	const batch = 1000
	begin := time.Now()
	m := newMaker(1)
	for from := 0; from < n; from += batch {
		drafts := make([]kernel.Draft, min(batch, n-from))
		for i := range drafts {
			drafts[i] = kernel.Draft{Type: "event", Circle: h.circle, Values: m.event()}
		}
		made, err := h.k.CreateMany(ctx, h.actor, drafts)
		if err != nil {
			return 0, err
		}
		h.records = append(h.records, made[0].ID)
	}
	return time.Since(begin), nil
}

// question is something a person asks; the figure is the 95th percentile.
type question struct {
	name string
	ask  func(i int) error
}

func (h *house) ask(ctx context.Context, rounds int) error {
	find := func(q kernel.FindQuery) func(int) error {
		return func(int) error {
			_, err := h.k.Find(ctx, h.actor, q)
			return err
		}
	}
	word := kernel.FindQuery{Type: "event", Text: "задержанием", Limit: 50}
	facets := kernel.FindQuery{Type: "event", Facets: []string{"*"}, Limit: 50}
	narrowed := facets
	narrowed.Filters = []kernel.Filter{{Field: "places", Values: []string{"RU"}}, {Field: "initial_date", Values: []string{"2012"}}}
	questions := []question{
		{"list, newest first, p95", find(kernel.FindQuery{Type: "event", Limit: 50})},
		{"list by date, p95", find(kernel.FindQuery{Type: "event", Limit: 50, Sort: "initial_date"})},
		{"search, common inflected word, p95", find(word)},
		{"search, two words, p95", find(kernel.FindQuery{Type: "event", Text: "суд протокол", Limit: 50})},
		{"search, phrase, p95", find(kernel.FindQuery{Type: "event", Text: `"сотрудники полиции"`, Limit: 50})},
		{"facet page, all facets, p95", find(facets)},
		{"facet page, two filters, p95", find(narrowed)},
		{"record page, p95", func(i int) error {
			_, err := h.k.Record(ctx, h.actor, h.records[i%len(h.records)])
			return err
		}},
		{"overview, regions by year, p95", func(int) error {
			_, err := h.k.Overview(ctx, h.actor, kernel.OverviewQuery{Type: "event", Rows: "places", Columns: "initial_date"})
			return err
		}},
	}
	for _, q := range questions {
		times := make([]time.Duration, rounds)
		for i := range times {
			begin := time.Now()
			if err := q.ask(i); err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			times[i] = time.Since(begin)
		}
		first := times[0]
		slices.Sort(times)
		fmt.Printf("| %s | %.1f ms (first %.1f) |\n", q.name, ms(times[len(times)*95/100]), ms(first))
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (h *house) check(ctx context.Context) error {
	begin := time.Now()
	report, err := h.k.Verify(ctx, nil)
	if err != nil {
		return err
	}
	if !report.OK() {
		return fmt.Errorf("verify found %d", len(report.Findings))
	}
	fmt.Printf("| verify everything (%d versions) | %.1f s |\n", report.Versions, time.Since(begin).Seconds())
	return nil
}

// resident is the process's resident memory as the kernel of the machine says.
func resident() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kb int64
		if strings.HasPrefix(s.Text(), "VmRSS:") {
			if _, err := fmt.Sscanf(s.Text(), "VmRSS: %d kB", &kb); err == nil {
				return kb << 10
			}
		}
	}
	return 0
}
