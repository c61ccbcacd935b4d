package index

import "svod/internal/core"

// Resolver tells Compile what the words of a query mean to this actor. The first
// three are those of pack.Set.
type Resolver interface {
	// FieldsCalled returns the fields that people call so: by key, official
	// number, alias, or label in any language. Several types may have it.
	FieldsCalled(name string) []*core.Field
	// TypesCalled returns the names of the types that people call so.
	TypesCalled(name string) []string
	// TermsCalled returns the codes of a vocabulary that match what was typed: a
	// code, or a label in any language; with prefix, labels that begin with it.
	TermsCalled(vocabulary, words string, prefix bool) []string
	// CirclesCalled returns the circles of the actor with this name or ID. A
	// circle outside the actor's scope must look like one that does not exist.
	CirclesCalled(name string) []core.ID
}

// TokenMaker gives the forms under which a token of a sealed field may be
// stored: the keyed hash of the token for each circle whose search key the
// actor holds. Hashes must not look like words: begin them with a character
// that Tokenize drops, such as '#'.
type TokenMaker interface {
	Sealed(token string) []string
}

// OpenTokens is the TokenMaker of an actor without any key.
type OpenTokens struct{}

// Sealed returns nothing.
func (OpenTokens) Sealed(string) []string { return nil }
