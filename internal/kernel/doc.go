// Package kernel is the house itself: every use case of Svod — people, circles,
// records, versions, links, files, search, import, export, ledger — and the
// only writer of the store.
//
// A surface (web, api, cli, demo) holds one *Kernel and calls its methods with
// the core.Actor of the request. The kernel computes the actor's core.Scope in
// the same transaction as the work and passes every answer through it: there
// is no second filter anywhere, and a record outside the scope is answered
// exactly like one that does not exist (core.KindNotFound).
//
// What the kernel never does: keep an opened key beyond the call that needed
// it (running jobs excepted, and they forget it when they end), write a part
// of a change, put sealed content into an error, a log line or a file in clear.
package kernel
