// Package cli is the command line: `svod init`, `serve`, `demo`, `import` and
// the others of [grammar]. cmd/svod calls [Main] with what only it knows: the
// adapters of storage, the web surface, the demo.
//
// Results go to standard output, everything said to a person to standard error,
// in the language of --lang or of the locale. Exit codes are a contract for
// scripts, see [exitCode]. A record outside the person's scope and one that
// does not exist give the same message and the same code.
//
// It never prints a passphrase that a person chose, never puts one or any
// content into an error, and keeps nothing between two runs.
package cli
