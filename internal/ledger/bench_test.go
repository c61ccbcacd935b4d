package ledger

import "testing"

// BenchmarkAppend1000 is one transaction of 1,000 entries on a log of 100,000.
func BenchmarkAppend1000(b *testing.B) {
	l := newLog(b, 100_000)
	entry := someEntry(1, 1)
	for b.Loop() {
		a, err := NewAppender(l.size(), &l.store)
		if err != nil {
			b.Fatal(err)
		}
		for range 1000 {
			if _, _, _, err := a.Add(entry); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := a.Root(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "entries/s")
}

func BenchmarkSignCheckpoint(b *testing.B) {
	s := signer(b, 1)
	for b.Loop() {
		if _, err := SignCheckpoint(s, 1000, Hash{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInclusion(b *testing.B) {
	l := newLog(b, 100_000)
	c := l.checkpoint(l.size())
	for b.Loop() {
		path, err := ProveInclusion(54_321, c.Size, &l.store)
		if err != nil {
			b.Fatal(err)
		}
		if err := CheckInclusion(c, 54_321, LeafHash(l.texts[54_321]), path); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	l := newLog(b, 100_000)
	for b.Loop() {
		if v := run(l, l.checkpoint(l.size())); v.First() != nil {
			b.Fatal(v.First())
		}
	}
	b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "entries/s")
}
