package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

// collisionPage shows what two people did to the same fields. Nothing of
// either is lost: mine stands in the form, theirs is in the record.
type collisionPage struct {
	Frame
	Head    recordHead
	Action  string
	Author  string
	At      string
	Theirs  int
	Base    int
	Reason  string
	Fields  []collidingField
	Merged  []string // labels of fields that others changed and that do not collide
	Carried []hiddenInput
}

// collidingField is one field with its three states.
type collidingField struct {
	Label              Wording
	Name               string // of the radio
	Before, Theirs     shownField
	Mine               control // can be edited here
	MineShown          shownField
	PickTheirs, Sealed bool
}

const pickPrefix = "_pick."

// collisionAgain shows the page. raw is what was typed into it, nil at first.
func (v *visit) collisionAgain(o openedRecord, c kernel.Collision, reason string, raw url.Values, p Problems) error {
	page := collisionPage{Frame: v.frameOf(o, Crumb{Label: v.T("collision.title")}).with(v.inForm(p, o.typ)), Head: o.head,
		Action: recordCollisionURL(o.ID), Author: c.TheirAuthor, At: formatMoment(v.lang, c.TheirAt.In(v.s.opts.Zone)),
		Theirs: c.Theirs, Base: c.Base, Reason: reason,
		Carried: []hiddenInput{{inputBase, strconv.Itoa(c.Theirs)}, {"_from", strconv.Itoa(c.Base)}}}
	colliding := map[string]bool{}
	for _, key := range c.Fields {
		colliding[key] = true
		page.Carried = append(page.Carried, hiddenInput{"_field", key})
	}
	links, err := v.s.kernel.Links(v.ctx, v.actor, o.ID)
	if err != nil {
		return err
	}
	w := v.writer(links)
	if err := v.readFiles(w, o.Record); err != nil {
		return err
	}
	shown := c.Values
	m := form.Model(o.typ, shown, v.lang, form.Options{Terms: v.s.kernel.Packs(), Raw: raw,
		Title: func(id core.ID) string { return titleOr(v.linkTitles(o.typ, c.Values), id) }})
	mk := &formMaker{v: v, titles: v.linkTitles(o.typ, c.Values), fileNames: map[core.ID]string{}}
	for id, f := range w.files {
		mk.fileNames[id] = f.Name
	}
	for _, g := range m.Groups {
		for _, fc := range g.Controls {
			key := fc.Field.Key
			if colliding[key] {
				page.Fields = append(page.Fields, collidingField{Label: wordingIn(fc.Field.Label, v.lang), Name: pickPrefix + key,
					Before: w.field(fc.Field, c.BaseValues[key], false), Theirs: w.field(fc.Field, c.TheirValues[key], false),
					Mine: mk.control(fc), MineShown: w.field(fc.Field, c.MyValues[key], false),
					PickTheirs: raw.Get(pickPrefix+key) == "theirs", Sealed: fc.Sealed})
			} else if fc.Field.Auto == "" && !c.BaseValues[key].Equal(c.TheirValues[key]) {
				page.Merged = append(page.Merged, fc.Label)
			}
		}
	}
	rest := c.Values.Clone()
	for key := range colliding {
		delete(rest, key)
	}
	page.Carried = append(page.Carried, hidden(form.EncodeForm(o.typ, rest))...)
	return v.render(p.Status, "record_collision", page)
}

// recordCollisionSubmit saves what was chosen, from the version of the others.
func (s *Server) recordCollisionSubmit(v *visit) error {
	o, err := v.editable()
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	base, errBase := strconv.Atoi(in.Get(inputBase))
	from, errFrom := strconv.Atoi(in.Get("_from"))
	if errBase != nil || errFrom != nil {
		return core.Invalid("error.bad_form")
	}
	theirs, err := s.kernel.RecordAt(v.ctx, v.actor, o.ID, base)
	if err != nil {
		return err
	}
	d := form.DecodeForm(o.typ, withoutSystem(o.typ, in, nil), s.kernel.Packs())
	values := d.Values
	for name := range in {
		if key, ok := strings.CutPrefix(name, pickPrefix); ok && in.Get(name) == "theirs" && o.typ.Field(key) != nil {
			values[key] = theirs.Values[key]
		}
	}
	errs := d.Errors
	var saved kernel.Saved
	if len(errs) == 0 && d.Add == "" {
		saved, err = s.kernel.Save(v.ctx, v.actor, kernel.Edit{Record: o.ID, Base: base, Values: values, Reason: in.Get(inputReason)})
		if list := errorsOf(err); err != nil && list == nil {
			return err
		} else {
			errs = list
		}
	}
	switch {
	case len(errs) > 0 || d.Add != "":
		return v.collisionWrong(o, in, d.Values, theirs, from, errs)
	case saved.Collision != nil:
		return v.collisionAgain(o, *saved.Collision, in.Get(inputReason), nil, Problems{Status: http.StatusConflict})
	}
	return v.done("flash.saved", recordURL(o.ID))
}

// collisionWrong shows the page again with what is wrong in it.
func (v *visit) collisionWrong(o openedRecord, in url.Values, mine core.Values, theirs core.Record, from int, errs core.Errors) error {
	p := Problems{Status: http.StatusOK}
	if len(errs) > 0 {
		var ok bool
		if p, ok = v.problems(errs); !ok {
			return errs
		}
	}
	before, err := v.s.kernel.RecordAt(v.ctx, v.actor, o.ID, from)
	if err != nil {
		return err
	}
	history, err := v.s.kernel.History(v.ctx, v.actor, o.ID)
	if err != nil {
		return err
	}
	c := kernel.Collision{Base: from, Theirs: theirs.Version, BaseValues: before.Values, TheirValues: theirs.Values,
		MyValues: mine, Values: mine}
	for _, key := range in["_field"] {
		if o.typ.Field(key) != nil {
			c.Fields = append(c.Fields, key)
		}
	}
	for _, h := range history {
		if h.Number == theirs.Version {
			c.TheirAuthor, c.TheirAt = h.AuthorName, h.At
		}
	}
	return v.collisionAgain(o, c, in.Get(inputReason), in, p)
}
