package demo

import (
	"context"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

// Circles of the demo, by the keys that data files use.
const (
	ladoga  = "ladoga"  // monitors: the events, and most people
	prichal = "prichal" // lawyers: their own people and interventions
)

var circleNames = map[string]string{ladoga: "Приёмная Ладоги", prichal: "Адвокаты Причала"}

var (
	ladogaHouse  = core.Words{"ru": "Правозащитный центр «Ладога»", "en": "Ladoga Human Rights Centre"}
	prichalHouse = core.Words{"ru": "Адвокатская группа «Причал»", "en": "Prichal Lawyers’ Group"}
)

// Passphrases are public: they open nothing but a demo.
var users = []User{
	{Name: "vera", Passphrase: "seven herons over cold Ladoga", Role: core.Worker, Organisation: ladogaHouse,
		Circles: []string{circleNames[ladoga], circleNames[prichal]}},
	{Name: "anton", Passphrase: "tin kettle under birch smoke", Role: core.Steward, Organisation: ladogaHouse,
		Circles: []string{circleNames[ladoga]}},
	{Name: "olga", Passphrase: "paper boats after the thaw", Role: core.Reader, Organisation: ladogaHouse,
		Circles: []string{circleNames[ladoga]}},
	{Name: "lidia", Passphrase: "copper bell above the quay", Role: core.Steward, Organisation: prichalHouse,
		Circles: []string{circleNames[prichal]}},
	{Name: "marat", Passphrase: "grey pilot counts his ropes", Role: core.Worker, Organisation: prichalHouse,
		Circles: []string{circleNames[prichal]}},
}

// cast is the people of the demo, signed in for loading.
type cast struct {
	users   []User
	actors  map[string]core.Actor
	circles map[string]core.ID
}

func passphraseOf(name string) string {
	for _, u := range users {
		if u.Name == name {
			return u.Passphrase
		}
	}
	return ""
}

// settle makes both organisations, their people and circles. Vera works in both
// circles: that is how the two organisations share work on a case.
func settle(ctx context.Context, k *kernel.Kernel) (*cast, error) {
	c := &cast{users: users, actors: map[string]core.Actor{}, circles: map[string]core.ID{}}
	done, err := k.Setup(ctx, kernel.Setup{Organisation: ladogaHouse, Name: "anton",
		Passphrase: passphraseOf("anton"), Lang: "ru", Circle: circleNames[ladoga]})
	if err != nil {
		return nil, err
	}
	c.circles[ladoga] = done.Circle.ID
	anton, err := k.Unlock(ctx, kernel.SignIn{Name: "anton", Passphrase: passphraseOf("anton")}, "cli")
	if err != nil {
		return nil, err
	}
	c.actors["anton"] = anton
	house, err := k.OrganisationCreate(ctx, anton, prichalHouse)
	if err != nil {
		return nil, err
	}
	for _, g := range []struct {
		guest  string
		lang   string
		invite kernel.Invite
	}{
		{"vera", "ru", kernel.Invite{Circles: []kernel.InviteCircle{{Circle: c.circles[ladoga], Role: core.Worker}}}},
		{"olga", "en", kernel.Invite{Circles: []kernel.InviteCircle{{Circle: c.circles[ladoga], Role: core.Reader}}}},
		{"lidia", "ru", kernel.Invite{Organisation: house.ID, Admin: true}},
	} {
		if err := c.join(ctx, k, anton, g.guest, g.lang, g.invite); err != nil {
			return nil, err
		}
	}
	return c, c.settlePrichal(ctx, k)
}

// settlePrichal makes the lawyers' circle and lets Vera into it.
func (c *cast) settlePrichal(ctx context.Context, k *kernel.Kernel) error {
	lidia := c.actors["lidia"]
	circle, err := k.CircleCreate(ctx, lidia, circleNames[prichal])
	if err != nil {
		return err
	}
	c.circles[prichal] = circle.ID
	err = c.join(ctx, k, lidia, "marat", "ru", kernel.Invite{Circles: []kernel.InviteCircle{{Circle: circle.ID, Role: core.Worker}}})
	if err != nil {
		return err
	}
	vera, err := k.FindPerson(ctx, lidia, "vera")
	if err != nil {
		return err
	}
	return k.MemberPut(ctx, lidia, circle.ID, vera.ID, core.Worker)
}

// join invites somebody and accepts in their name.
func (c *cast) join(ctx context.Context, k *kernel.Kernel, host core.Actor, guest, lang string, in kernel.Invite) error {
	in.Name, in.Valid = guest, time.Hour
	code, _, err := k.Invite(ctx, host, in)
	if err != nil {
		return err
	}
	_, a, err := k.AcceptInvite(ctx, kernel.Accept{Code: code, Name: guest, Passphrase: passphraseOf(guest), Lang: lang, Device: "demo"})
	if err != nil {
		return err
	}
	c.actors[guest] = a
	return k.SignOut(ctx, a) // nobody holds the session's secret
}
