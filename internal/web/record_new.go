package web

import (
	"net/http"
	"net/url"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

// newForm is the form of a record that does not exist yet.
type newForm struct {
	typ   *core.Type
	owner openedRecord // what it will be part of; typ nil when of nothing
	field *core.Field  // by which
}

// newForm reads the type from the address and, for a part, its owner.
func (v *visit) newForm(in url.Values) (newForm, error) {
	t := v.s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return newForm{}, core.NotFound()
	}
	f := newForm{typ: t, field: t.OwnerField()}
	if f.field == nil {
		return f, nil
	}
	id, err := core.ParseID(in.Get("_" + f.field.Key))
	if err != nil {
		if t.Part {
			return f, err
		}
		return f, nil
	}
	f.owner, err = v.openRecord(id)
	if err == nil && !f.field.Link.Allows(f.owner.Type) {
		err = core.NotFound()
	}
	return f, err
}

// recordNewShow is the empty form.
func (s *Server) recordNewShow(v *visit) error {
	f, err := v.newForm(v.query())
	if err != nil {
		return err
	}
	values := core.Values{}
	if f.owner.typ != nil {
		values[f.field.Key] = core.LinkValue(f.owner.ID)
	}
	return v.newAgain(f, formState{typ: f.typ, values: values}, posted{values: url.Values{}}, nil, Problems{Status: http.StatusOK})
}

// newAgain shows the form with what was typed.
func (v *visit) newAgain(f newForm, st formState, in posted, double []hintView, p Problems) error {
	page := recordFormPage{Frame: v.newFrame(f).with(v.inForm(p, f.typ)), Heading: v.T("form.new", "type", f.typ.Label.In(v.lang)),
		About: f.typ.About.In(v.lang), Action: recordNewURL(f.typ.Name), Cancel: listURL(f.typ.Name), New: true,
		Multipart: hasFiles(f.typ), Reason: in.values.Get(inputReason), Double: double}
	chosen := in.circle()
	if f.owner.typ != nil {
		st.hide = f.field.Key
		page.Part, page.Cancel = f.owner.head.Title.Text, recordURL(f.owner.ID)
		page.Carried = append(page.Carried, hiddenInput{"_" + f.field.Key, string(f.owner.ID)})
		chosen = f.owner.Circle
	}
	choices := v.writableCircles(chosen)
	if len(choices) == 0 {
		return core.Forbidden("error.need_role", "role", string(core.Worker))
	}
	settled := f.owner.typ != nil || in.added > 0 || len(in.names()) > 0 || len(choices) == 1
	for _, c := range choices {
		if settled && (c.Selected || len(choices) == 1) {
			page.Circle = c.Name
			page.Carried = append(page.Carried, hiddenInput{inputCircle, string(c.ID)})
		}
	}
	if page.Circle == "" {
		page.Circles = choices
	}
	st.names = in.names()
	page.Groups = v.formGroups(st)
	return v.render(p.Status, "record_form", page)
}

func (v *visit) newFrame(f newForm) Frame {
	title := v.T("form.new", "type", f.typ.Label.In(v.lang))
	if f.owner.typ == nil {
		return v.frameTitled(title).in("type."+f.typ.Name, Crumb{f.typ.Plural.In(v.lang), listURL(f.typ.Name)}, Crumb{Label: title})
	}
	return v.frameTitled(title).in("type."+f.owner.Type, Crumb{f.owner.typ.Plural.In(v.lang), listURL(f.owner.Type)},
		Crumb{f.owner.head.Number, recordURL(f.owner.ID)}, Crumb{Label: title})
}

// recordNewSubmit creates the record, or shows the form again with another
// row, the candidates for a link, possible duplicates, or what is wrong.
func (s *Server) recordNewSubmit(v *visit) error {
	in, err := v.postedForm("")
	if err != nil {
		return err
	}
	f, err := v.newForm(in.values)
	if err != nil {
		return err
	}
	raw := withoutSystem(f.typ, in.values, f.field)
	wished, wishes := takeWishes(f.typ, raw)
	d := form.DecodeForm(f.typ, wished, s.kernel.Packs())
	st := formState{typ: f.typ, values: d.Values, raw: raw}
	if f.owner.typ != nil {
		d.Values[f.field.Key] = core.LinkValue(f.owner.ID)
	}
	if st.found, err = v.candidatesOf(f.typ, "", d.Finds, raw); err != nil {
		return err
	}
	if d.Add != "" {
		st.extra = addRows(f.typ, d.Add, raw, d.Values)
		return v.newAgain(f, st, in, nil, Problems{Status: http.StatusOK})
	}
	if in.values.Has(inputFind) {
		return v.newAgain(f, st, in, nil, Problems{Status: http.StatusOK})
	}
	st.errs = mergedErrors(append(in.errs, d.Errors...), form.Check(f.typ, d.Values, s.kernel.Packs()))
	if len(st.errs) > 0 {
		return v.newWrong(f, st, in, st.errs)
	}
	if !f.typ.Part && in.values.Get(inputSure) != "1" {
		hints, err := v.duplicates(f.typ.Name, d.Values, "")
		if err != nil {
			return err
		}
		if len(hints) > 0 {
			return v.newAgain(f, st, in, v.hintViews(hints, ""), Problems{Status: http.StatusOK})
		}
	}
	return s.recordCreate(v, f, st, in, wishes)
}

func (s *Server) recordCreate(v *visit, f newForm, st formState, in posted, wishes []wish) error {
	circle, reason := in.circle(), in.values.Get(inputReason)
	if f.owner.typ != nil {
		circle = f.owner.Circle
	}
	all := append(drafts(wishes, circle, reason), kernel.Draft{Type: f.typ.Name, Circle: circle, Values: st.values, Reason: reason})
	made, err := s.kernel.CreateMany(v.ctx, v.actor, all)
	if err != nil {
		return v.newWrong(f, st, in, err)
	}
	to := recordURL(made[len(made)-1].ID)
	if f.owner.typ != nil {
		to = recordURL(f.owner.ID)
	}
	return v.done("flash.created", to)
}

func (v *visit) newWrong(f newForm, st formState, in posted, err error) error {
	p, ok := v.problems(err)
	if !ok {
		return err
	}
	st.errs = errorsOf(err)
	return v.newAgain(f, st, in, nil, p)
}

// withoutSystem is a posted form without the inputs of the page, and without a
// link to the owner, which the address decides.
func withoutSystem(t *core.Type, in url.Values, owner *core.Field) url.Values {
	out := url.Values{}
	for name, values := range in {
		key, _, _ := strings.Cut(name, ".")
		if strings.HasPrefix(name, "_") && name != form.AddName || owner != nil && t.Part && key == owner.Key {
			continue
		}
		out[name] = values
	}
	return out
}
