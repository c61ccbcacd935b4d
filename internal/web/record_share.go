package web

import (
	"net/http"

	"svod/internal/core"
)

// sharePage says who can read a record and changes it.
type sharePage struct {
	Frame
	Head   recordHead
	Action string
	Shared []circleChoice // circles that read it now
	To     []circleChoice // circles it can be shared with
	Homes  []circleChoice // circles it can move to
	Parts  int            // records that are part of it
	Reason string
}

// recordShareShow is the page.
func (s *Server) recordShareShow(v *visit) error {
	o, err := v.governed()
	if err != nil {
		return err
	}
	return v.shareAgain(o, "", Problems{Status: http.StatusOK})
}

// governed is the record of the address when the actor may decide about it:
// who reads it, whether it stands.
func (v *visit) governed() (openedRecord, error) {
	o, err := v.record()
	switch {
	case err != nil:
		return o, err
	case o.role == "":
		return o, core.Forbidden("error.shared_is_read_only")
	case !o.role.Allows(core.Worker):
		return o, core.Forbidden("error.need_role", "role", string(core.Worker))
	}
	return o, nil
}

func (v *visit) shareAgain(o openedRecord, reason string, p Problems) error {
	page := sharePage{Frame: v.frameOf(o, Crumb{Label: v.T("record.share")}).with(p), Head: o.head, Action: recordShareURL(o.ID), Reason: reason}
	circles, err := v.knownCircles()
	if err != nil {
		return err
	}
	for _, c := range circles {
		choice := circleChoice{ID: c.ID, Name: c.Name}
		if org := c.OrganisationNames.In(v.lang); org != "" && c.Organisation != v.actor.Organisation {
			choice.Name += " (" + org + ")"
		}
		switch {
		case c.ID == o.Circle:
		case containsID(o.Record.Shared, c.ID):
			page.Shared = append(page.Shared, choice)
		case !c.Closed:
			page.To = append(page.To, choice)
		}
		if c.ID != o.Circle && c.Role.Allows(core.Worker) && !c.Closed {
			page.Homes = append(page.Homes, choice)
		}
	}
	links, err := v.s.kernel.Links(v.ctx, v.actor, o.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Incoming && v.isPartOf(l.Record.Type, l.Field) {
			page.Parts++
		}
	}
	return v.render(p.Status, "record_share", page)
}

// recordShareSubmit shares, ends sharing or moves.
func (s *Server) recordShareSubmit(v *visit) error {
	o, err := v.governed()
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	circle, parts, reason := core.ID(in.Get("circle")), in.Get("parts") == "1", in.Get("reason")
	if circle == "" {
		p, _ := v.problems(core.Invalid("share.choose").At("circle-" + in.Get("do")))
		return v.shareAgain(o, reason, p)
	}
	flash := ""
	switch in.Get("do") {
	case "share":
		flash, err = "flash.shared", s.kernel.Share(v.ctx, v.actor, o.ID, circle, parts, reason)
	case "unshare":
		flash, err = "flash.unshared", s.kernel.Unshare(v.ctx, v.actor, o.ID, circle, parts, reason)
	case "move":
		flash, err = "flash.moved", s.kernel.Move(v.ctx, v.actor, o.ID, circle, parts, reason)
	default:
		return core.Invalid("error.bad_form")
	}
	if err != nil {
		return err
	}
	return v.done(flash, recordURL(o.ID))
}

// withdrawPage takes a record out of lists and counts, or puts it back.
type withdrawPage struct {
	Frame
	Head   recordHead
	Action string
}

func (s *Server) recordWithdrawShow(v *visit) error {
	o, err := v.governed()
	if err != nil {
		return err
	}
	return v.withdrawAgain(o, Problems{Status: http.StatusOK})
}

func (v *visit) withdrawAgain(o openedRecord, p Problems) error {
	title := "record.withdraw"
	if o.head.Withdrawn {
		title = "record.reinstate"
	}
	return v.render(p.Status, "record_withdraw", withdrawPage{Frame: v.frameOf(o, Crumb{Label: v.T(title)}).with(p),
		Head: o.head, Action: recordWithdrawURL(o.ID)})
}

// recordWithdrawSubmit asks for a reason: a record that disappears from counts
// without one could never be explained.
func (s *Server) recordWithdrawSubmit(v *visit) error {
	o, err := v.governed()
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	if in.Get("reason") == "" {
		p, _ := v.problems(core.Invalid("withdraw.reason_needed").At("reason"))
		return v.withdrawAgain(o, p)
	}
	if _, err := s.kernel.Withdraw(v.ctx, v.actor, o.ID, !o.head.Withdrawn, in.Get("reason")); err != nil {
		return err
	}
	if o.head.Withdrawn {
		return v.done("flash.reinstated", recordURL(o.ID))
	}
	return v.done("flash.withdrawn", recordURL(o.ID))
}
