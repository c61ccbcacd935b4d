// Package form turns a record type into a form, and what comes back, from a
// browser, a JSON client or a table row, into values. It is pure: no I/O, no
// database, no HTTP beyond url.Values.
//
//	f := form.Model(typ, values, "ru", form.Options{Terms: packs})   // to show
//	d := form.DecodeForm(typ, r.PostForm, packs)                          // what came back
//	errs := append(d.Errors, form.Check(typ, d.Values, packs)...)
//
// DecodeForm, DecodeJSON and DecodeRow differ only in how they read their
// input. All of them normalise text in the same way, refuse fields the type does
// not have, and report every problem, not only the first. Check holds the rules
// of the type and is the same for all.
//
// In a form every input is called <field>.<row>.<part>: "title.0.text",
// "names.1.family"; a list of ticked terms is "<field>.term", the reason for an
// empty field "<field>.missing". Names that begin with "_" belong to the page
// (buttons, the version it started from) and are skipped. A form works without
// JavaScript: it shows blank rows to fill, and "add another" is a submit button
// "_add" after which the page is shown again with one row more.
//
// EncodeForm is the inverse of DecodeForm: for values that pass Check, decoding
// what it returns gives the same values, except fields that the kernel fills.
//
// What it never does: decide who may write, or put content into an error. An
// error names a field, a place and the rule; sealed text stays out of it.
package form
