package stats

import (
	"runtime"

	"svod/internal/core"
)

// Options of the computations. The zero value of each field is its default.
type Options struct {
	Seed      uint64  // default 1; the same seed, the same answer
	Level     float64 // of the intervals; default 0.95
	Threshold float64 // of Stepwise; default 0.02
	Resamples int     // of the bootstrap; default 1,000
	Chains    int     // of LatentClasses; default 8, at least 2
	Rounds    int     // kept part of each chain; default 100,000
	BurnIn    int     // rounds before it; default 10,000
	Thin      int     // one draw is kept of so many rounds; default 20
	Classes   int     // latent classes at most; default 10
	Workers   int     // goroutines; default the number of processors. Never changes the answer
}

func (o Options) withDefaults() Options {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	if o.Threshold == 0 {
		o.Threshold = 0.02
	}
	set(&o.Resamples, 1000)
	set(&o.Chains, 8)
	set(&o.Rounds, 100_000)
	set(&o.BurnIn, max(o.Rounds/10, 1))
	set(&o.Thin, 20)
	set(&o.Classes, 10)
	set(&o.Workers, runtime.GOMAXPROCS(0))
	return o
}

// valid refuses options outside their range.
func (o Options) valid() error {
	o = o.withDefaults()
	bad := ""
	switch {
	case !(o.Level > 0 && o.Level < 1):
		bad = "level"
	case !(o.Threshold > 0 && o.Threshold < 1):
		bad = "threshold"
	case o.Resamples > 1_000_000:
		bad = "resamples"
	case o.Chains < 2 || o.Chains > 64:
		bad = "chains"
	case o.Rounds/o.Thin < 20 || o.Rounds > 100_000_000:
		bad = "rounds"
	case o.Classes < 2 || o.Classes > 64:
		bad = "classes"
	}
	if bad != "" {
		return core.Invalid(errOption, "field", bad)
	}
	return nil
}
