package api

import (
	"net/http"

	"svod/internal/core"
)

func (a *API) linkRoutes() {
	on(a, operation(http.MethodGet, "/records/{id}/links", "links", "records", "List what a record is linked with, seen from both sides"), a.links)
}

type linksOutput struct{ Body Links }

// Links are the linked records within reach of the person.
type Links struct {
	Items []Link `json:"items" nullable:"false"`
}

// Link is the other end of a link.
type Link struct {
	Field    string  `json:"field" doc:"Link field on the record that links"`
	Source   core.ID `json:"source" format:"uuid" doc:"The record that links"`
	Incoming bool    `json:"incoming" doc:"The other record links here"`
	Record   Summary `json:"record"`
}

func (a *API) links(c call, in *recordInput) (*linksOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.k.Links(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := Links{Items: make([]Link, len(list))}
	for i, l := range list {
		out.Items[i] = Link{Field: l.Field, Source: l.Source, Incoming: l.Incoming, Record: summaryOf(l.Record)}
	}
	return &linksOutput{out}, nil
}
