package web

import (
	"svod/internal/core"
)

// Frame is what every page has around its own content. Every page struct
// embeds one, made by visit.frame.
type Frame struct {
	// Title is the page's <title>: a type and a number, never a name.
	Title     string
	Lang      string
	Languages []Language
	// Back is the address to which the language form returns.
	Back     string
	Section  string // key of the current MenuItem
	Menu     []MenuItem
	Tools    []MenuItem // the second menu: people, circles, ledger …
	Crumbs   []Crumb
	Flash    string
	Problems Problems
	Query    string // in the search box
	Signed   bool
	Person   string // sign-in name
	Demo     bool
	Version  string
	Entries  int64  // in the ledger, by its newest checkpoint
	CSS, JS  string // addresses
	Icon     string
}

// Language is one choice of the language form.
type Language struct {
	Code, Name string
	Current    bool
}

// MenuItem is one link of a menu.
type MenuItem struct {
	Key, Label, URL string
	Current         bool
}

// Crumb is one step of the way to the page. The last step is the page itself
// and has no URL.
type Crumb struct {
	Label, URL string
}

// languageNames are the languages' own names.
var languageNames = [...]struct{ code, name string }{{"ru", "Русский"}, {"en", "English"}}

// frame makes the frame of a page with a title from the catalogue.
func (v *visit) frame(titleKey string, args ...any) Frame {
	return v.frameTitled(v.T(titleKey, args...))
}

// frameTitled makes the frame of a page whose title is not a message of ours: a
// type's label from a pack, and a number.
func (v *visit) frameTitled(title string) Frame {
	f := Frame{Title: title, Lang: v.lang, Back: homeURL(), Signed: v.signed, Demo: v.s.kernel.Info().Demo,
		Version: v.s.opts.Version, CSS: v.s.assets.css.url, JS: v.s.assets.js.url, Icon: v.s.assets.icon.url, Flash: v.takeFlash()}
	if !v.posted {
		f.Back = v.r.URL.RequestURI()
	}
	for _, l := range languageNames {
		f.Languages = append(f.Languages, Language{l.code, l.name, l.code == v.lang})
	}
	if !v.signed {
		return f
	}
	f.Person = v.actor.Name
	f.Menu, f.Tools = v.menu(), v.tools()
	// A page without a footer figure is better than no page: the ledger page
	// tells what is wrong with the checkpoint.
	if head, err := v.s.kernel.Head(v.ctx); err == nil {
		f.Entries = head.Size
	}
	return f
}

// in marks the section of the menus the page belongs to and returns the frame.
func (f Frame) in(section string, crumbs ...Crumb) Frame {
	f.Section, f.Crumbs = section, crumbs
	for i := range f.Menu {
		f.Menu[i].Current = f.Menu[i].Key == section
	}
	for i := range f.Tools {
		f.Tools[i].Current = f.Tools[i].Key == section
	}
	return f
}

// with adds problems to show and returns the frame.
func (f Frame) with(p Problems) Frame {
	f.Problems = p
	return f
}

// menu is the first menu: the record types that stand on their own, and what is
// done with many records at once.
func (v *visit) menu() []MenuItem {
	items := []MenuItem{{Key: "home", Label: v.T("menu.home"), URL: homeURL()}}
	for _, t := range v.s.kernel.Packs().Types() {
		if !t.Part {
			items = append(items, MenuItem{Key: "type." + t.Name, Label: t.Plural.In(v.lang), URL: listURL(t.Name)})
		}
	}
	return append(items,
		MenuItem{Key: "overview", Label: v.T("menu.overview"), URL: overviewURL("")},
		MenuItem{Key: "import", Label: v.T("menu.import"), URL: importURL()})
}

func (v *visit) tools() []MenuItem {
	items := []MenuItem{
		{Key: "account", Label: v.T("menu.account"), URL: accountURL()},
		{Key: "saved", Label: v.T("menu.saved"), URL: savedURL()},
		{Key: "jobs", Label: v.T("menu.jobs"), URL: jobsURL()},
		{Key: "circles", Label: v.T("menu.circles"), URL: circlesURL()},
		{Key: "people", Label: v.T("menu.people"), URL: peopleURL()},
		{Key: "vocabularies", Label: v.T("menu.vocabularies"), URL: vocabulariesURL()}}
	if v.actor.Admin {
		items = append(items, MenuItem{Key: "organisations", Label: v.T("menu.organisations"), URL: organisationsURL()})
	}
	return append(items,
		MenuItem{Key: "ledger", Label: v.T("menu.ledger"), URL: ledgerURL()},
		MenuItem{Key: "help", Label: v.T("menu.help"), URL: helpURL()})
}

// typeLabel is a type's name in the visitor's language, the key when no pack
// has it any more.
func (v *visit) typeLabel(name string) string {
	if t := v.s.kernel.Packs().Type(name); t != nil {
		return t.Label.In(v.lang)
	}
	return name
}

// recordNumber is how a title names a record: its type and the short id.
func (v *visit) recordNumber(typ string, id core.ID) string {
	return v.typeLabel(typ) + " " + id.Short()
}
