// Package pack loads packs: folders of YAML, CSV and Markdown that define
// record types, vocabularies and guides.
//
//	set, err := pack.Load(packs.All()...)
//	event := set.Type("event")
//	for _, p := range pack.Check(os.DirFS(dir), packs.All()...) { fmt.Println(p) }
//
// A pack folder holds
//
//	pack.yaml                 name, version, label, order of types, vocabularies
//	types/<type>.yaml         a record type
//	types/<type>.<pack>.yaml  fields added to a type of another pack
//	blocks/<block>.yaml       groups and fields that several types share
//	terms/<list>.csv          the terms of a vocabulary
//	guides/{ru,en}/*.md       guides with a title and a summary
//	locale/{ru,en}.json       messages
//	examples/                 files to import, for tests and the tour
//
// Decoding is strict: a key, column or file that the loader does not know is a
// [Problem] naming file, line and key, never a silent loss. All problems are
// reported, not only the first. A [Set] that was returned never changes, and
// what it hands out must not be changed by the caller.
//
// The package reads only the file systems it is given. It never writes, never
// executes what a pack contains, and knows neither records nor permissions.
package pack
