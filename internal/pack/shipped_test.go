package pack_test

import (
	"testing"

	"svod/internal/pack"
	"svod/packs"
)

func TestShippedPacksLoad(t *testing.T) {
	if _, err := pack.Load(packs.All()...); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkLoadShipped(b *testing.B) {
	for b.Loop() {
		if _, err := pack.Load(packs.All()...); err != nil {
			b.Fatal(err)
		}
	}
}
