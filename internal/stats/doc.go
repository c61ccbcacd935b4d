// Package stats estimates how many people no list names, from the overlap of
// several incomplete lists (multiple systems estimation, capture-recapture).
//
// Use: build a [Table] of capture histories ([NewTable], [ParseRows],
// [FromMemberships], [ParseHistories]) and hand it to [Assess]. The answer is a
// [Report]: every family of estimators side by side with its interval, the
// spread between them, the leave-one-list-out test, the state of the Markov
// chains, the refusals by name, and a verdict in sentences (message keys with
// arguments, in Russian and English in [Locale]). The families can also be called one by
// one: [Independence], [ChaoBound], [SelectModel], [Average], [Stepwise], [LatentClasses],
// [GraphAverage].
//
// What a report needs beside the estimate stands here too: [RateOf], [ShareOf],
// [Kappa], [TrendOf], [Suppress], [CheckAnonymity].
//
// Promises: pure functions, no I/O, no global state; the same table, options and
// seed give the same answer, whatever the order of the rows and the number of
// processors. Nothing is fitted before it is known that its estimate exists and
// is identifiable. A lone figure is never offered: a verdict always names a
// range and why no single number may be quoted.
//
// Never promised: that the truth lies in any of the intervals. All families
// assume a closed population, correct linkage and lists of the same people; the
// leave-one-list-out test shows how badly that can fail.
//
// Sources. Fienberg (1972) and Cormack (1992): log-linear models and profile
// intervals. Rivest and Baillargeon (2007, Rcapture): lower bounds. Chao (1987).
// Fienberg and Rinaldo (2012): existence of the estimate. Chan, Silverman and
// Vincent (2021): sparse tables, stepwise choice, bootstrap. Manrique-Vallier
// (2016): latent classes. Madigan and York (1997): decomposable graphs. Vehtari et
// al. (2021): split R-hat and effective sample size.
package stats
