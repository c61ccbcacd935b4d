// Package demo fills a fresh instance with examples: two invented
// organisations with their people and circles, the 463 real protest detentions
// of data/protest_detention_facts.csv, and the invented records of
// data/people/*.yaml.
//
//	access, err := demo.Load(ctx, k, progress)
//
// Everything goes through the kernel, the way real work does. To add examples,
// add a file to data/people/; data/README.md says how one is written. Every
// mistake in such a file is an error that names file, record and field.
//
// It never touches an instance that is not a demo, and its passphrases are
// public: nothing real may be kept in a demo.
package demo
