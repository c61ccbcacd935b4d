package web

import (
	"svod/internal/core"
)

// memberAdd adds somebody to a circle by their exact sign-in name.
func (s *Server) memberAdd(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	name := clean(f.Get("name"))
	if name == "" {
		return s.circleWith(v, id, "", core.Invalid("error.required").At("name"))
	}
	p, err := s.kernel.FindPerson(v.ctx, v.actor, name)
	if core.KindOf(err) == core.KindNotFound {
		return s.circleWith(v, id, name, core.Invalid("error.no_such_person").At("name"))
	}
	if err != nil {
		return err
	}
	if err := s.kernel.MemberPut(v.ctx, v.actor, id, p.ID, core.Role(f.Get("role"))); err != nil {
		return s.circleWith(v, id, name, err)
	}
	return v.done("flash.member_added", circleURL(id))
}

// memberRole changes a member's role.
func (s *Server) memberRole(v *visit) error {
	id, person, role, err := v.memberForm()
	if err != nil {
		return err
	}
	if err := s.kernel.MemberPut(v.ctx, v.actor, id, person, role); err != nil {
		return s.circleWith(v, id, "", err)
	}
	return v.done("flash.member_role", circleURL(id))
}

// memberRemove takes a member out of a circle, or lets the person leave it.
func (s *Server) memberRemove(v *visit) error {
	id, person, _, err := v.memberForm()
	if err != nil {
		return err
	}
	if err := s.kernel.MemberRemove(v.ctx, v.actor, id, person); err != nil {
		return s.circleWith(v, id, "", err)
	}
	if person == v.actor.Person {
		return v.done("flash.circle_left", circlesURL())
	}
	return v.done("flash.member_removed", circleURL(id))
}

func (v *visit) memberForm() (circle, person core.ID, role core.Role, err error) {
	if circle, err = v.pathID("id"); err != nil {
		return "", "", "", err
	}
	f, err := v.form()
	if err != nil {
		return "", "", "", err
	}
	person, err = core.ParseID(f.Get("person"))
	return circle, person, core.Role(f.Get("role")), err
}
