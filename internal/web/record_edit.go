package web

import (
	"net/http"
	"net/url"
	"strconv"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

// recordEditShow is the form of a record.
func (s *Server) recordEditShow(v *visit) error {
	o, err := v.editable()
	if err != nil {
		return err
	}
	in := posted{values: url.Values{inputBase: {strconv.Itoa(o.Version)}}}
	return v.editAgain(o, formState{typ: o.typ, values: o.Values}, in, Problems{Status: http.StatusOK})
}

// editable is the record of the address when the actor may change it.
func (v *visit) editable() (openedRecord, error) {
	o, err := v.record()
	switch {
	case err != nil:
		return o, err
	case o.role == "":
		return o, core.Forbidden("error.shared_is_read_only")
	case !o.role.Allows(core.Worker):
		return o, core.Forbidden("error.need_role", "role", string(core.Worker))
	case len(o.Locked) > 0:
		return o, core.Forbidden("error.no_circle_key")
	case o.State == core.Withdrawn:
		return o, core.Invalid("error.withdrawn")
	}
	return o, nil
}

func (v *visit) editAgain(o openedRecord, st formState, in posted, p Problems) error {
	page := recordFormPage{Frame: v.frameOf(o, Crumb{Label: v.T("record.edit")}).with(v.inForm(p, o.typ)),
		Heading: o.head.Title.Text, Action: recordEditURL(o.ID), Cancel: recordURL(o.ID), Multipart: hasFiles(o.typ),
		Circle: o.head.Circle, Reason: in.values.Get(inputReason),
		Carried: []hiddenInput{{inputBase, in.values.Get(inputBase)}}}
	st.locked, st.names = o.Locked, in.names()
	files, err := v.s.kernel.Files(v.ctx, v.actor, o.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		st.names[f.ID] = f.Name
	}
	page.Groups = v.formGroups(st)
	return v.render(p.Status, "record_form", page)
}

// recordEditSubmit saves, or shows the form again, or both sides of a
// collision.
func (s *Server) recordEditSubmit(v *visit) error {
	o, err := v.editable()
	if err != nil {
		return err
	}
	in, err := v.postedForm(o.Circle)
	if err != nil {
		return err
	}
	base, err := strconv.Atoi(in.values.Get(inputBase))
	if err != nil {
		return core.Invalid("error.bad_form")
	}
	raw := withoutSystem(o.typ, in.values, nil)
	wished, wishes := takeWishes(o.typ, raw)
	d := form.DecodeForm(o.typ, wished, s.kernel.Packs())
	st := formState{typ: o.typ, values: d.Values, raw: raw}
	if st.found, err = v.candidatesOf(o.typ, "", d.Finds, raw); err != nil {
		return err
	}
	if d.Add != "" {
		st.extra = addRows(o.typ, d.Add, raw, d.Values)
		return v.editAgain(o, st, in, Problems{Status: http.StatusOK})
	}
	if in.values.Has(inputFind) {
		return v.editAgain(o, st, in, Problems{Status: http.StatusOK})
	}
	st.errs = mergedErrors(append(in.errs, d.Errors...), form.Check(o.typ, d.Values, s.kernel.Packs()))
	if len(st.errs) > 0 {
		return v.editWrong(o, st, in, st.errs)
	}
	if len(wishes) > 0 {
		// The people asked for are made first. When the save then fails, they
		// are there to be chosen.
		if _, err := s.kernel.CreateMany(v.ctx, v.actor, drafts(wishes, o.Circle, in.values.Get(inputReason))); err != nil {
			return v.editWrong(o, st, in, err)
		}
		st.raw, st.found = wished, nil
	}
	return s.recordSave(v, o, st, in, base)
}

func (s *Server) recordSave(v *visit, o openedRecord, st formState, in posted, base int) error {
	saved, err := s.kernel.Save(v.ctx, v.actor, kernel.Edit{Record: o.ID, Base: base, Values: st.values, Reason: in.values.Get(inputReason)})
	switch {
	case err != nil:
		return v.editWrong(o, st, in, err)
	case saved.Collision != nil:
		return v.collisionAgain(o, *saved.Collision, in.values.Get(inputReason), nil, Problems{Status: http.StatusConflict})
	case saved.Unchanged:
		return v.done("flash.unchanged", recordURL(o.ID))
	case len(saved.Merged) > 0:
		return v.done("flash.merged", recordURL(o.ID))
	}
	return v.done("flash.saved", recordURL(o.ID))
}

func (v *visit) editWrong(o openedRecord, st formState, in posted, err error) error {
	p, ok := v.problems(err)
	if !ok {
		return err
	}
	st.errs = errorsOf(err)
	return v.editAgain(o, st, in, p)
}
