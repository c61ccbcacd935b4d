package api

import (
	"net/http"

	"svod/internal/core"
)

func (a *API) suggestRoutes() {
	on(a, operation(http.MethodGet, "/suggest", "suggest", "records", "Complete what is being typed to records, for link fields"), a.suggest)
}

type suggestInput struct {
	Type  string `query:"type" doc:"Record type; empty = all"`
	Query string `query:"q" required:"true" maxLength:"200" doc:"Beginning of a name or title, in either script"`
}

type suggestOutput struct{ Body Suggestions }

// Suggestions are at most ten records, the likeliest first.
type Suggestions struct {
	Items []Suggestion `json:"items" nullable:"false"`
}

// Suggestion is a record to choose.
type Suggestion struct {
	ID    core.ID    `json:"id" format:"uuid"`
	Type  string     `json:"type"`
	Title core.Words `json:"title"`
}

const maxSuggestions = 10

func (a *API) suggest(c call, in *suggestInput) (*suggestOutput, error) {
	var types []string
	if in.Type != "" {
		if a.k.Packs().Type(in.Type) == nil {
			return nil, core.Invalid("error.unknown_type", "type", printable(in.Type)).At("type")
		}
		types = []string{in.Type}
	}
	list, err := a.k.Suggest(c, c.actor, types, in.Query, maxSuggestions)
	if err != nil {
		return nil, err
	}
	out := Suggestions{Items: make([]Suggestion, len(list))}
	for i, h := range list {
		out.Items[i] = Suggestion{ID: h.ID, Type: h.Type, Title: wordsOf(h.Title)}
	}
	return &suggestOutput{out}, nil
}
