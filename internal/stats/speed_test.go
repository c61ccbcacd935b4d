package stats

import "testing"

func BenchmarkLatentClasses(b *testing.B) {
	tab := kosovo(b)
	for b.Loop() {
		if _, err := LatentClasses(b.Context(), tab, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBootstrap(b *testing.B) {
	tab := kosovo(b)
	fit, err := Stepwise(tab, 0.02, 0.95)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := BootstrapStepwise(b.Context(), tab, fit, 0.02, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGraphAverage(b *testing.B) {
	tab := kosovo(b)
	for b.Loop() {
		if _, err := GraphAverage(b.Context(), tab, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
