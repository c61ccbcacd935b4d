package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"svod/internal/core"
	"svod/internal/stats"
)

// Tables that other programs were run on. Each history has a sign per list.
const (
	kosovo   = "1000:1131 0100:845 1100:177 0010:936 1010:228 0110:217 1110:181 0001:306 1001:106 0101:31 1101:18 0011:123 1011:42 0111:32 1111:27"
	orleans  = "10000:25 01000:24 00100:70 00010:33 00001:21 11000:1 10100:1 10010:2 01100:2 01010:2 01001:1 00110:1 11100:1 11010:1"
	hiv      = "1110:3 1101:1 1100:33 1010:20 1001:6 1000:403 0111:3 0110:35 0101:10 0100:545 0011:11 0010:621 0001:205"
	unlinked = "100:40 010:30 001:20 110:6" // nothing tells how the third list depends on the others
)

// answer is a total with the limits of its interval; limits of 0 are unknown.
type answer struct{ point, low, high float64 }

func (a answer) String() string {
	if a.low == 0 {
		return fmt.Sprintf("%.1f", a.point)
	}
	return fmt.Sprintf("%.1f (%.0f–%.0f)", a.point, a.low, a.high)
}

// method is one way to estimate, as this program does it.
type method func(ctx context.Context, t *stats.Table) (answer, error)

// comparison is a result of another program: Rcapture 1.4-4, SparseMSE 2.0.1,
// LCMCR 0.4.14 (10 classes, 110,000 rounds) or dga 2.0.2 (delta 2^-J).
type comparison struct {
	table, cells, what, by string
	reference              answer
	ours                   method
}

var comparisons = []comparison{
	{"Kosovo", kosovo, "stepwise, p = .02", "SparseMSE", answer{14341.7, 12541, 16540}, stepwise},
	{"Kosovo", kosovo, "the same, 1,000 resamples", "SparseMSE", answer{14341.7, 0, 0}, resampled},
	{"Kosovo", kosovo, "main effects", "SparseMSE", answer{7394.6, 7173, 7634}, mainEffects},
	{"Kosovo", kosovo, "latent classes, median", "LCMCR", answer{10476, 9234, 13872}, latentClasses},
	{"Kosovo", kosovo, "decomposable graphs, median", "dga", answer{12595, 9827, 16544}, graphs},
	{"Kosovo", kosovo, "best by BIC, Poisson", "Rcapture", answer{10356.5, 0, 0}, bestPoisson},
	{"Kosovo", kosovo, "best by BIC, multinomial profile", "Rcapture", answer{10334.5, 8994, 12110}, bestProfile},
	{"New Orleans", orleans, "stepwise, p = .02", "SparseMSE", answer{1034.2, 658, 1709}, stepwise},
	{"New Orleans", orleans, "main effects", "SparseMSE", answer{1034.2, 658, 1709}, mainEffects},
	{"New Orleans", orleans, "latent classes, median", "LCMCR", answer{828, 574, 1363}, latentClasses},
	{"New Orleans", orleans, "decomposable graphs, median", "dga", answer{869, 511, 1750}, graphs},
	{"HIV", hiv, "main effects, Poisson", "Rcapture", answer{11124.6, 0, 0}, mainEffects},
	{"HIV", hiv, "main effects, multinomial profile", "Rcapture", answer{11117, 9532, 13114}, mainProfile},
}

// estimate prints our results beside the references, then which models of a
// table without enough overlap are refused. A refusal of ours stands in its row.
func estimate(ctx context.Context, out io.Writer) error {
	fmt.Fprintln(out, "| table | method | reference | total (95 %) | Svod | point off by | took |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|")
	for _, c := range comparisons {
		t, err := stats.ParseHistories(c.cells, nil)
		if err != nil {
			return err
		}
		begin := time.Now()
		a, err := c.ours(ctx, t)
		took := time.Since(begin)
		ours, off := a.String(), fmt.Sprintf("%.3f %%", 100*math.Abs(a.point-c.reference.point)/c.reference.point)
		if err != nil {
			if ours, err = refusal(err); err != nil {
				return err
			}
			off = "–"
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s | %.1f ms |\n", c.table, c.what, c.by, c.reference, ours, off, ms(took))
	}
	return refused(out)
}

// refusal names why there is no estimate; other errors are handed on.
func refusal(err error) (string, error) {
	var e *core.Error
	if !errors.As(err, &e) || e.Kind != core.KindInvalid {
		return "", err
	}
	return "refused: " + strings.ReplaceAll(strings.TrimPrefix(e.Key, "stats.refuse_"), "_", " "), nil
}

// refused tries the models of which some have no estimate.
func refused(out io.Writer) error {
	t, err := stats.ParseHistories(unlinked, []string{"A", "B", "C"})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\n| model of 100:40 010:30 001:20 110:6 | expected | Svod |\n|---|---|---|")
	for _, c := range []struct{ model, expected string }{
		{"[1,2,3]", "an estimate"},
		{"[13,23]", "an estimate"},
		{"[12,3]", "does not exist"},
		{"[12,13]", "does not exist"},
		{"[12,23]", "does not exist"},
		{"[12,13,23]", "not identifiable"},
	} {
		m, err := stats.ParseModel(3, c.model)
		if err != nil {
			return err
		}
		ours := ""
		if fit, err := stats.FitModel(t, m, 0.95); err == nil {
			ours = answer{fit.Total, fit.Low, fit.High}.String()
		} else if ours, err = refusal(err); err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n", c.model, c.expected, ours)
	}
	return nil
}

func stepwise(_ context.Context, t *stats.Table) (answer, error) {
	fit, err := stats.Stepwise(t, 0.02, 0.95)
	if err != nil {
		return answer{}, err
	}
	return answer{fit.Total, fit.Low, fit.High}, nil
}

func resampled(ctx context.Context, t *stats.Table) (answer, error) {
	fit, err := stats.Stepwise(t, 0.02, 0.95)
	if err != nil {
		return answer{}, err
	}
	b, err := stats.BootstrapStepwise(ctx, t, fit, 0.02, stats.Options{})
	if err != nil {
		return answer{}, err
	}
	return answer{fit.Total, b.Low, b.High}, nil
}

func mainEffects(_ context.Context, t *stats.Table) (answer, error) {
	fit, err := stats.Independence(t, 0.95)
	if err != nil {
		return answer{}, err
	}
	return answer{fit.Total, fit.Low, fit.High}, nil
}

func mainProfile(_ context.Context, t *stats.Table) (answer, error) {
	fit, err := stats.Independence(t, 0.95)
	if err != nil {
		return answer{}, err
	}
	return profiled(t, fit)
}

func bestPoisson(_ context.Context, t *stats.Table) (answer, error) {
	s, err := stats.SelectModel(t, stats.BIC, 0.95)
	if err != nil {
		return answer{}, err
	}
	return answer{s.Best.Total, s.Best.Low, s.Best.High}, nil
}

func bestProfile(_ context.Context, t *stats.Table) (answer, error) {
	s, err := stats.SelectModel(t, stats.BIC, 0.95)
	if err != nil {
		return answer{}, err
	}
	return profiled(t, s.Best)
}

func profiled(t *stats.Table, fit *stats.Fit) (answer, error) {
	p, err := stats.ProfileInterval(t, fit)
	if err != nil {
		return answer{}, err
	}
	return answer{p.Total, p.Low, p.High}, nil
}

func latentClasses(ctx context.Context, t *stats.Table) (answer, error) {
	p, err := stats.LatentClasses(ctx, t, stats.Options{})
	if err != nil {
		return answer{}, err
	}
	return answer{p.Median, p.Low, p.High}, nil
}

func graphs(ctx context.Context, t *stats.Table) (answer, error) {
	p, err := stats.GraphAverage(ctx, t, stats.Options{})
	if err != nil {
		return answer{}, err
	}
	return answer{p.Median, p.Low, p.High}, nil
}
