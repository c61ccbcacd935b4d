// Package linkage finds the records that speak of one person: rows in, clusters
// out. It knows nothing of databases, circles or pages.
//
// How to use it:
//
//	columns := linkage.GuessColumns(header, rows) // or set by hand
//	result, err := linkage.Link(ctx, rows, linkage.Options{Columns: columns, Seed: 1})
//	result.Clusters                               // row numbers, one list per person
//	evidence, err := result.Explain(12, 40)       // why, or why not, as message keys
//	result.ClustersAt(0.9)                        // how far a count hangs on the threshold
//
//	index, err := linkage.NewIndex(ctx, rows, options)
//	hints := index.Find(row, 0.3, 5)              // one record while it is typed
//
// The model is that of Fellegi and Sunter (JASA 64, 1969): every pair of rows
// becomes a vector of comparison levels (compare.go); m and u, the chances of each
// level among matches and non-matches, and the share of matches are learnt from the
// data by EM (em.go), starting from experience; agreement on a frequent value
// counts for less, on a rare one for more, names jointly. Candidate pairs come from
// several blocking rules chosen to cover (blockrules.go). Clusters grow greedily,
// by the evidence of all pairs across two clusters (cluster.go), and never across a
// contradiction: two patronymics, two well-known given names beside one surname, a
// list that holds nobody twice, a decision of people.
//
// Promises: the same rows, options and seed give the same result, in any order of
// rows and with any number of workers; memory grows with the rows and with the
// pairs that may be matches, not with the candidates; cells are never part of an
// error or a message.
//
// Never promised: that a probability is exact (fields are taken as independent);
// that weights are the same in another release; that nothing is missed: blocking
// and errors lose some, and Report.BlockingLoss is a lower bound. Nothing is
// spilled to disk: rows, 4 bytes for each row and rule, and the kept pairs must fit
// into memory (about 2 KB a row).
package linkage
