// Package linkage finds the records that speak of one person: rows in, clusters
// out. It knows nothing of databases, circles or pages.
//
// How to use it:
//
//	columns := linkage.GuessColumns(header, rows)
//	result, err := linkage.Link(ctx, rows, linkage.Options{Columns: columns, Seed: 1})
//
// The model is that of Fellegi and Sunter (JASA 64, 1969): every pair of rows
// becomes a vector of comparison levels; m and u, the chances of each level among
// matches and non-matches, and the share of matches are learnt from the data by
// EM; frequent values count for less. Candidate pairs come from several blocking
// rules chosen to cover (see blockrules.go). Clusters grow greedily, by the evidence of
// all pairs across two clusters, and never across a contradiction: two different
// patronymics, two rows the caller has declared different.
//
// Promises: the same rows, options and seed give the same result, in any order of
// rows and with any number of workers; memory grows with the rows and with the
// pairs that may be matches, not with the candidates.
//
// Never promised: that a probability is exact (fields are taken as independent,
// see Report), that weights are the same in another release, that the rows and
// the kept pairs fit into memory: nothing is spilled to disk here.
package linkage
