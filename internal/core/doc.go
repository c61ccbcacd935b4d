// Package core is the vocabulary of Svod: records, versions, types, fields,
// values, dates, names, places, actors, circles and scopes, and the kinds of
// error every other package answers with.
//
// It knows neither SQL nor HTTP nor keys, imports only the standard library,
// and holds no state. A word that is not here (or in docs/GLOSSARY.md) should
// not appear in a surface.
package core
