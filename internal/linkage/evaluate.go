package linkage

// Score is how well clusters meet a known truth, all 0–1.
type Score struct {
	// Pairs inside clusters.
	PairPrecision, PairRecall, PairF1 float64
	// Whole clusters, singletons included, found exactly.
	ClusterPrecision, ClusterRecall, ClusterF1 float64
	// The mean over rows of the share of their cluster that is right (B-cubed,
	// Bagga and Baldwin 1998).
	RowPrecision, RowRecall, RowF1 float64
}

// Evaluate compares clusters with the truth: a name of the person for each row.
// Rows with the name "" are left out.
func Evaluate(clusters [][]int, truth []string) Score {
	sizes := map[string]int{}
	rows, truePairs := 0.0, 0.0
	for _, t := range truth {
		if t != "" {
			rows++
			truePairs += float64(sizes[t])
			sizes[t]++
		}
	}
	var s Score
	var found, hit, exact, n float64
	for _, c := range clusters {
		inside := map[string]int{}
		size := 0
		for _, i := range c {
			if i >= 0 && i < len(truth) && truth[i] != "" {
				found += float64(size)
				hit += float64(inside[truth[i]])
				inside[truth[i]]++
				size++
			}
		}
		if size == 0 {
			continue
		}
		n++
		for t, k := range inside {
			s.RowPrecision += float64(k*k) / float64(size)
			s.RowRecall += float64(k*k) / float64(sizes[t])
			if k == size && k == sizes[t] {
				exact++
			}
		}
	}
	s.PairPrecision, s.PairRecall = share(hit, found), share(hit, truePairs)
	s.ClusterPrecision, s.ClusterRecall = share(exact, n), share(exact, float64(len(sizes)))
	s.RowPrecision, s.RowRecall = share(s.RowPrecision, rows), share(s.RowRecall, rows)
	s.PairF1 = harmonic(s.PairPrecision, s.PairRecall)
	s.ClusterF1 = harmonic(s.ClusterPrecision, s.ClusterRecall)
	s.RowF1 = harmonic(s.RowPrecision, s.RowRecall)
	return s
}

// share is part/whole; nothing of nothing is all of it.
func share(part, whole float64) float64 {
	if whole == 0 {
		return 1
	}
	return part / whole
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}
