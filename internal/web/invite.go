package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

// invitePage is the form for asking somebody in.
type invitePage struct {
	Frame
	Name          string
	Admin         bool // the person inviting may make admins
	MakeAdmin     bool
	Organisations []inviteOrganisation
	Circles       []inviteCircle
	Roles         []core.Role
	Days          []int
	Day           int
}

type inviteOrganisation struct {
	core.Organisation
	Selected bool
}

type inviteCircle struct {
	ID   core.ID
	Name string
	Role core.Role // "" = not this circle
}

// inviteDays are the lifetimes offered for an invite.
var inviteDays = [...]int{1, 3, 7, 14}

func (s *Server) inviteShow(v *visit) error { return s.inviteWith(v, url.Values{}, nil) }

// inviteWith shows the form as it was filled in, with what went wrong.
func (s *Server) inviteWith(v *visit, f url.Values, failed error) error {
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	circles, err := v.stewardedCircles()
	if err != nil {
		return err
	}
	page := invitePage{Name: f.Get("name"), Admin: v.actor.Admin, MakeAdmin: f.Get("admin") == "yes",
		Roles: core.Roles(), Days: inviteDays[:], Day: inviteDay(f)}
	page.Frame = v.frame("invite.title").in("people", Crumb{v.T("menu.people"), peopleURL()}, Crumb{Label: v.T("invite.title")}).with(p)
	for _, c := range circles {
		page.Circles = append(page.Circles, inviteCircle{c.ID, c.Name, core.Role(f.Get("circle-" + string(c.ID)))})
	}
	if v.actor.Admin {
		if page.Organisations, err = v.inviteOrganisations(f.Get("organisation")); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "invite", page)
}

func (v *visit) inviteOrganisations(selected string) ([]inviteOrganisation, error) {
	all, err := v.s.kernel.Organisations(v.ctx, v.actor)
	if err != nil {
		return nil, err
	}
	if selected == "" {
		selected = string(v.actor.Organisation)
	}
	out := make([]inviteOrganisation, len(all))
	for i, o := range all {
		out[i] = inviteOrganisation{o, string(o.ID) == selected}
	}
	return out, nil
}

func inviteDay(f url.Values) int {
	n, err := strconv.Atoi(f.Get("days"))
	if err != nil || n < 1 || n > 60 {
		return 7
	}
	return n
}

// inviteCreate makes the invite and shows its code once.
func (s *Server) inviteCreate(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	circles, err := v.stewardedCircles()
	if err != nil {
		return err
	}
	in := kernel.Invite{Name: clean(f.Get("name")), Admin: f.Get("admin") == "yes", Organisation: core.ID(f.Get("organisation")),
		Valid: time.Duration(inviteDay(f)) * 24 * time.Hour}
	for _, c := range circles {
		if role := core.Role(f.Get("circle-" + string(c.ID))); role != "" {
			in.Circles = append(in.Circles, kernel.InviteCircle{Circle: c.ID, Role: role})
		}
	}
	code, info, err := s.kernel.Invite(v.ctx, v.actor, in)
	if err != nil {
		return s.inviteWith(v, f, err)
	}
	page := secretPage{Heading: v.T("invite.made"), What: info.Name, Secret: code, Until: info.Expires,
		Notes: []string{v.T("invite.once"), v.T("invite.how")}, Next: peopleURL(), NextLabel: v.T("menu.people")}
	page.Frame = v.frame("invite.made").in("people", Crumb{v.T("menu.people"), peopleURL()}, Crumb{Label: v.T("invite.made")})
	return v.render(http.StatusOK, "secret", page)
}
