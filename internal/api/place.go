package api

import (
	"net/http"
	"time"

	"svod/internal/core"
)

// placeRoutes are about where the person stands: who they are, their circles,
// and the ledger all of it is written to.
func (a *API) placeRoutes() {
	on(a, operation(http.MethodGet, "/me", "me", "house", "Say whose token this is"), a.me)
	on(a, operation(http.MethodGet, "/circles", "circles", "house", "List the circles the person may know of"), a.circles)
	on(a, operation(http.MethodGet, "/ledger/head", "ledgerHead", "house", "Read the newest signed checkpoint of the ledger"), a.ledgerHead)
}

type meOutput struct{ Body Me }

// Me is the person whose rights the token carries.
type Me struct {
	ID           core.ID `json:"id" format:"uuid"`
	Name         string  `json:"name"`
	Organisation core.ID `json:"organisation" format:"uuid"`
	Admin        bool    `json:"admin"`
	Lang         string  `json:"lang"`
	Demo         bool    `json:"demo" doc:"The instance holds invented people: nothing from it is true"`
}

func (a *API) me(c call, _ *struct{}) (*meOutput, error) {
	return &meOutput{Me{ID: c.actor.Person, Name: c.actor.Name, Organisation: c.actor.Organisation,
		Admin: c.actor.Admin, Lang: c.actor.Lang, Demo: a.k.Info().Demo}}, nil
}

type circlesOutput struct{ Body Circles }

// Circles are the circles a person may know of.
type Circles struct {
	Items []Circle `json:"items" nullable:"false"`
}

// Circle is a circle. Without a role only its existence is known.
type Circle struct {
	ID           core.ID    `json:"id" format:"uuid"`
	Name         string     `json:"name"`
	Organisation core.Words `json:"organisation"`
	Role         core.Role  `json:"role,omitempty" enum:"reader,worker,steward"`
	Closed       bool       `json:"closed"`
	Members      int        `json:"members"`
	Records      int        `json:"records"`
	Created      time.Time  `json:"created"`
}

func (a *API) circles(c call, _ *struct{}) (*circlesOutput, error) {
	list, err := a.k.Circles(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := Circles{Items: make([]Circle, len(list))}
	for i, ci := range list {
		out.Items[i] = Circle{ID: ci.ID, Name: ci.Name, Organisation: wordsOf(ci.OrganisationNames), Role: ci.Role,
			Closed: ci.Closed, Members: ci.Members, Records: ci.Records, Created: ci.Created.UTC()}
	}
	return &circlesOutput{out}, nil
}

type headOutput struct{ Body LedgerHead }

// LedgerHead is the newest checkpoint, as witnesses sign it.
type LedgerHead struct {
	Size     int64      `json:"size"`
	Root     string     `json:"root" doc:"Base64"`
	Text     string     `json:"text" doc:"The signed note"`
	Verifier string     `json:"verifier" doc:"Key with which to check the signature"`
	At       *time.Time `json:"at,omitempty"`
}

func (a *API) ledgerHead(c call, _ *struct{}) (*headOutput, error) {
	h, err := a.k.Head(c)
	if err != nil {
		return nil, err
	}
	return &headOutput{LedgerHead{Size: h.Size, Root: h.Root, Text: h.Text, Verifier: h.Verifier, At: timeOr(h.At)}}, nil
}
