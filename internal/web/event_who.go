package web

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

// whoForm is one person of an act: found among the records, or made here. Its
// inputs all begin with Prefix ("v." for the victim, "p0." … for those who did
// it).
type whoForm struct {
	Prefix, ID  string
	Legend      string
	Hint        string
	Words       string // to find by
	Link        core.ID
	Title       string // of the chosen record
	Candidates  *candidates
	New         []control // of the person to be made
	Making      bool
	Doubles     []hintView
	Involvement []control
	Removable   bool
	Problems    []string
}

// newFields are the fields of a person asked for in passing.
func newFields() []string {
	return []string{fieldName, fieldUnit, fieldSex, fieldGroupSize, fieldHandle}
}

// whoState is a whoForm as it came back.
type whoState struct {
	prefix  string
	words   string
	link    core.ID // chosen
	making  bool
	removed bool
	raw     url.Values // of the person to be made
	person  core.Values
	inv     core.Values
	rawInv  url.Values
	errs    map[string]core.Errors // by prefix
	double  []hintView
	add     string   // the field of which another row was asked, with its prefix
	own     []string // problems of the choice itself, as message keys
}

func (w *whoState) newPrefix() string { return w.prefix + "new." }
func (w *whoState) invPrefix() string { return w.prefix + "inv." }

// blank reports whether nothing was said: such a row is left out.
func (w *whoState) blank() bool { return w.removed || w.words == "" && w.link == "" && !w.making }

// below are the inputs that begin with a prefix, without it.
func below(in url.Values, prefix string) url.Values {
	out := url.Values{}
	for name, values := range in {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out[rest] = values
		}
	}
	return out
}

// readWho reads one person of the form.
func (v *visit) readWho(in url.Values, prefix string, involvement bool) (*whoState, error) {
	packs := v.s.kernel.Packs()
	w := &whoState{prefix: prefix, words: strings.TrimSpace(in.Get(prefix + "find")), removed: in.Get(prefix+"remove") == "1", add: in.Get(form.AddName),
		raw: below(in, prefix+"new."), rawInv: below(in, prefix+"inv."), errs: map[string]core.Errors{}}
	link := in.Get(prefix + "link")
	if in.Get(inputOther) == prefix {
		link = ""
	}
	switch link {
	case "":
	case newLink:
		w.making = true
	default:
		id, err := core.ParseID(link)
		if err != nil {
			return nil, err
		}
		found, err := v.s.kernel.Records(v.ctx, v.actor, []core.ID{id})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 || found[0].Type != typePerson {
			w.own = append(w.own, "error.link_target")
			break
		}
		w.link = id
	}
	if w.making {
		d := form.DecodeForm(packs.Type(typePerson), w.raw, packs)
		w.person = d.Values
		w.errs[w.newPrefix()] = mergedErrors(d.Errors, form.Check(packs.Type(typePerson), d.Values, packs))
	}
	if involvement {
		d := form.DecodeForm(packs.Type(typeInvolvement), w.rawInv, packs)
		w.inv = d.Values
		w.errs[w.invPrefix()] = d.Errors
	}
	return w, nil
}

// choose makes sure that a person has been chosen, and that one to be made is
// not there already unless the author says so.
func (v *visit) choose(w *whoState, in url.Values, required bool) error {
	switch {
	case w.link != "" || w.removed:
		return nil
	case w.making:
		if in.Get(w.prefix+"sure") == "1" || len(w.errs[w.newPrefix()]) > 0 {
			return nil
		}
		hints, err := v.duplicates(typePerson, w.person, "")
		w.double = v.hintViews(hints, "")
		return err
	case w.words != "":
		w.own = append(w.own, "form.link_choose")
	case required:
		w.own = append(w.own, "event.who_required")
	}
	return nil
}

// wrong reports whether the person keeps the form from being saved.
func (w *whoState) wrong() bool {
	if w.removed {
		return false
	}
	n := len(w.own) + len(w.double)
	for _, errs := range w.errs {
		n += len(errs)
	}
	return n > 0
}

// whoForm builds the inputs of a person.
func (v *visit) whoForm(w *whoState, legend, hint string) (whoForm, error) {
	out := whoForm{Prefix: w.prefix, ID: "who-" + strings.TrimSuffix(w.prefix, "."), Legend: legend, Hint: hint, Words: w.words, Link: w.link,
		Making: w.making, Doubles: w.double}
	for _, key := range w.own {
		out.Problems = append(out.Problems, v.T(key))
	}
	if w.link != "" {
		found, err := v.s.kernel.Records(v.ctx, v.actor, []core.ID{w.link})
		if err != nil {
			return out, err
		}
		for _, r := range found {
			out.Title = r.Title.In(v.lang)
		}
	} else if w.words != "" || w.making {
		hints, err := v.suggest([]string{typePerson}, w.words)
		if w.words == "" {
			hints, err = nil, nil
		}
		if err != nil {
			return out, err
		}
		out.Making = w.making || len(hints) == 0
		out.Candidates = &candidates{Name: w.prefix + "link", Hints: v.hintViews(hints, ""), NewLabel: v.T("event.make_new"),
			NewValue: newLink, NewSelected: out.Making}
		raw := w.raw
		if len(raw) == 0 {
			raw = nameInputs(w.words)
		}
		out.New = v.picked(typePerson, w.newPrefix(), raw, w.person, w.errs[w.newPrefix()], w.add, newFields())
	}
	if w.inv != nil {
		out.Removable = true
		out.Involvement = v.picked(typeInvolvement, w.invPrefix(), w.rawInv, w.inv, w.errs[w.invPrefix()], w.add, []string{fieldDegree, fieldPerpType})
	}
	return out, nil
}

// nameInputs puts the words somebody was looked for by into the name's inputs,
// in the order Russian lists use: family name, given name, patronymic.
func nameInputs(words string) url.Values {
	out := url.Values{}
	parts := strings.Fields(words)
	if len(parts) <= 3 && allCapital(parts) {
		for i, part := range []string{"family", "given", "patronymic"}[:len(parts)] {
			out.Set(form.InputName(fieldName, 0, part), parts[i])
		}
	} else if words != "" {
		out.Set(form.InputName(fieldName, 0, "full"), words)
	}
	if script := scriptOf(words); script != "" {
		out.Set(form.InputName(fieldName, 0, "script"), script)
	}
	return out
}

// allCapital reports whether every word begins with a capital letter, as the
// parts of a person's name do and the words of a unit's name do not.
func allCapital(words []string) bool {
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// picked are the controls of some fields of a type, in the order asked.
func (v *visit) picked(typ, prefix string, raw url.Values, values core.Values, errs core.Errors, add string, keys []string) []control {
	t := v.s.kernel.Packs().Type(typ)
	o := form.Options{Terms: v.s.kernel.Packs(), Raw: raw, Errors: errs}
	asked, more := strings.CutPrefix(add, prefix)
	if more {
		o.Extra = addRows(t, asked, raw, values)
	}
	m := form.Model(t, values, v.lang, o)
	mk := &formMaker{v: v, prefix: prefix}
	var out []control
	for _, key := range keys {
		for _, g := range m.Groups {
			for _, c := range g.Controls {
				if c.Field.Key != key {
					continue
				}
				// One row is enough in passing, until another is asked for.
				if rows := len(c.Rows); rows > 1 && c.Rows[rows-1].Blank && !(more && asked == key) {
					c.Rows = c.Rows[:rows-1]
				}
				out = append(out, mk.control(c))
			}
		}
	}
	return out
}

// draft adds the person to what is to be created and returns the ID to link
// to.
func (w *whoState) draft(b *actBatch) core.ID {
	if w.link != "" {
		return w.link
	}
	id := core.NewID()
	b.add(w.newPrefix(), kernel.Draft{ID: id, Type: typePerson, Values: w.person})
	return id
}
