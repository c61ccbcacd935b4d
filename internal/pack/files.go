package pack

import "svod/internal/core"

// The shapes of the files of a pack. One description serves three readers: the
// strict decoder (decode.go), the JSON Schema (schema.go) and people. Tags:
//
//	yaml    the key
//	need    "yes": the key must be there and not be empty
//	form    id, code, number, langs, version: a pattern the text must match
//	one     the closed list of values, separated by "|"
//	item    what one member of a list is called in a problem
//	about   what the key means, for editors

// packFile is pack.yaml.
type packFile struct {
	Name         string           `yaml:"name" need:"yes" form:"id" about:"Identifier of the pack; equals the name of its folder."`
	Version      string           `yaml:"version" need:"yes" form:"version" about:"Version as three numbers, in quotes."`
	Label        core.Words       `yaml:"label" need:"yes" about:"Name shown to people."`
	About        core.Words       `yaml:"about" need:"yes" about:"One or two sentences: what the pack is for."`
	Requires     []string         `yaml:"requires" form:"id" about:"Packs that must be loaded before this one."`
	Types        []string         `yaml:"types" form:"id" about:"Record types in menu order; each has types/<name>.yaml."`
	Vocabularies []vocabularyFile `yaml:"vocabularies" item:"vocabulary" about:"Lists of terms, in the order settings show them."`
	Licence      string           `yaml:"licence" about:"SPDX expression for the pack's own wording."`
	Attribution  string           `yaml:"attribution" about:"Sources that must be named when the pack is published."`
}

// vocabularyFile declares one vocabulary of a pack.
type vocabularyFile struct {
	Name  string     `yaml:"name" need:"yes" form:"id" about:"Identifier, unique among all packs."`
	List  string     `yaml:"list" form:"list" about:"Official list number, two digits in quotes."`
	Label core.Words `yaml:"label" need:"yes" about:"Name shown to people."`
	File  string     `yaml:"file" need:"yes" about:"Path of the CSV file inside the pack: terms/mt04.csv."`
	Local bool       `yaml:"local" about:"Shipped empty and filled by the organisation."`
}

// typeFile is types/<name>.yaml; with extend it is types/<name>.<pack>.yaml.
type typeFile struct {
	Extend string      `yaml:"extend" form:"id" about:"Type of another pack to which this file adds fields; then name, label, plural and about are left out."`
	Name   string      `yaml:"name" form:"id" about:"Identifier; equals the file name."`
	Number string      `yaml:"number" form:"series" about:"Official number of the format, such as 01xx, in quotes."`
	Label  core.Words  `yaml:"label" about:"Name of one record."`
	Plural core.Words  `yaml:"plural" about:"Name of several records, for menus and headings."`
	About  core.Words  `yaml:"about" about:"One sentence: when to use this type."`
	Title  []string    `yaml:"title" form:"id" about:"Fields from which the title is made; the first that is not empty wins."`
	When   string      `yaml:"when" form:"id" about:"Date field of the histogram and the default order."`
	Where  string      `yaml:"where" form:"id" about:"Place field of the map."`
	Count  string      `yaml:"count" form:"id" about:"Number field that is summed beside the count of records."`
	Part   bool        `yaml:"part" about:"Reached through another record and kept out of the main menu."`
	Blocks []blockUse  `yaml:"blocks" item:"block" about:"Shared groups and fields added at the end."`
	Groups []groupFile `yaml:"groups" item:"group" about:"Sections of the form, in order."`
	Fields []fieldFile `yaml:"fields" item:"field" about:"Fields, in form order."`
}

// blockUse adds a block to a type.
type blockUse struct {
	Name     string   `yaml:"name" need:"yes" form:"id" about:"The block: blocks/<name>.yaml."`
	Official []string `yaml:"official" form:"id" about:"Fields of the block that have an official number in this type."`
}

// blockFile is blocks/<name>.yaml: groups and fields that several types share.
// In its field numbers NN stands for the first two digits of the type's number.
type blockFile struct {
	Groups []groupFile `yaml:"groups" item:"group" about:"Sections of the form, in order."`
	Fields []fieldFile `yaml:"fields" need:"yes" item:"field" about:"Fields, in form order; NN in a number stands for the series of the type."`
}

// groupFile is a section of a form.
type groupFile struct {
	Key    string     `yaml:"key" need:"yes" form:"id" about:"Identifier within the type."`
	Label  core.Words `yaml:"label" need:"yes" about:"Heading of the section."`
	Hint   core.Words `yaml:"hint" about:"A sentence under the heading."`
	Closed bool       `yaml:"closed" about:"Starts folded."`
}

// fieldFile is one field of a type.
type fieldFile struct {
	Key         string     `yaml:"key" need:"yes" form:"id" about:"Identifier within the type."`
	Number      string     `yaml:"number" form:"number" about:"Official field number, four digits in quotes."`
	Kind        string     `yaml:"kind" need:"yes" one:"text|note|term|date|number|money|place|name|contact|link|file|yesno" about:"What the field holds."`
	Label       core.Words `yaml:"label" need:"yes" about:"Name of the field."`
	Hint        core.Words `yaml:"hint" about:"Why it is asked or how to fill it in."`
	Group       string     `yaml:"group" form:"id" about:"Section in which the field stands."`
	Required    bool       `yaml:"required" about:"A value or a reason why there is none must be given."`
	Many        bool       `yaml:"many" about:"Takes several items."`
	Clarify     bool       `yaml:"clarify" about:"Each item takes a clarifying note."`
	Sensitivity string     `yaml:"sensitivity" need:"yes" one:"open|internal|sealed" about:"Who may come to read it, and how it is stored."`
	Vocabulary  string     `yaml:"vocabulary" form:"id" about:"List of terms, of a term or place field."`
	Link        *linkFile  `yaml:"link" about:"Target of a link field."`
	Facet       bool       `yaml:"facet" about:"Counted and filterable; never on sealed fields."`
	List        bool       `yaml:"list" about:"Shown as a column of lists; never on sealed fields."`
	Identity    bool       `yaml:"identity" about:"Used to find duplicates."`
	Auto        string     `yaml:"auto" one:"created_at|created_by|updated_at|updated_by|number" about:"Filled in by the program."`
	Aliases     []string   `yaml:"aliases" about:"Column headings by which imports recognise the field, in any language."`
	Max         int        `yaml:"max" about:"Longest text in characters, or most items of a repeatable field."`
}

// linkFile says where a link field may point.
type linkFile struct {
	Types   []string   `yaml:"types" need:"yes" form:"id" about:"Allowed target types."`
	Role    string     `yaml:"role" need:"yes" form:"id" about:"What the target is for this record: victim, source, part_of."`
	Inverse core.Words `yaml:"inverse" need:"yes" about:"Heading under which the target shows the linking records."`
	Owner   bool       `yaml:"owner" about:"Makes this record a part of the target; at most one per type."`
}

// guideFile is the front matter of guides/<language>/<name>.md.
type guideFile struct {
	Title string `yaml:"title" need:"yes" about:"Title of the guide in its language."`
	About string `yaml:"about" need:"yes" about:"One sentence: whom it helps, with what."`
}
