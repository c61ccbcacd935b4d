// Package text knows the languages and scripts of the region: it folds,
// tokenises, stems, romanises, keys, orders, cuts, translates and formats text.
//
// What each part is for:
//
//   - [Fold], [FixHomoglyphs]: one spelling for comparison («Ёлка», «ЕЛКА» and a
//     word with a Latin "c" inside meet).
//   - [Tokenize], [Stem], [StemLang]: the word stream of the search index. A query
//     must pass through the same functions as the text it looks for.
//   - [Latin]: a readable romanisation for people; [NameKey]: an unreadable key on
//     which the spellings of one name meet in any script; [Diminutives]: short
//     given names.
//   - [SortKey]: bytes which order text as a reader expects in any database.
//   - [Snippet], [Highlight]: pieces of a text with the hits marked.
//   - [Catalogue]: messages in several languages with plurals; [FormatNumber],
//     [FormatDate], [JoinList], [FormatSize]: values as a native editor writes them.
//
// Languages are named by their ISO 639-1 code ("ru", "en", "uk" …); a longer tag
// ("ru-RU") is read up to its first hyphen.
//
// Promises: every function is pure and safe for concurrent use, never panics on
// any input (invalid UTF-8 included), and does no I/O except [Load], which reads
// the file system it is given. Never promised: that a folded word, stem or key is
// the same in another release. They are derived data; the index is rebuilt when
// [Version] changes.
package text

// Version numbers the derived data of this package: folded words, stems, name
// keys and sort keys. Whoever stores them stores this number and rebuilds when
// it differs.
const Version = 1
