package api

import (
	"net/http"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) suggestRoutes() {
	on(a, operation(http.MethodGet, "/suggest", "suggest", "records", "Complete what is being typed to records, for link fields"), a.suggest)
}

type suggestInput struct {
	Type  string `query:"type" doc:"Record type; empty = all"`
	Query string `query:"q" required:"true" maxLength:"200" doc:"Beginning of a name or title, in either script"`
}

type suggestOutput struct{ Body Suggestions }

// Suggestions are at most ten records, the last changed first.
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
	q, err := a.findQuery(Question{Type: in.Type})
	if err != nil {
		return nil, err
	}
	q.Limit = maxSuggestions
	out := Suggestions{Items: []Suggestion{}}
	for _, text := range asPrefixes(in.Query) {
		q.Text = text
		found, err := a.k.Find(c, c.actor, q)
		if err != nil {
			return nil, err
		}
		for _, h := range found.Items {
			out.Items = addSuggestion(out.Items, h)
		}
	}
	return &suggestOutput{out}, nil
}

func addSuggestion(list []Suggestion, h kernel.Hit) []Suggestion {
	for _, s := range list {
		if s.ID == h.ID {
			return list
		}
	}
	if len(list) == maxSuggestions {
		return list
	}
	return append(list, Suggestion{ID: h.ID, Type: h.Type, Title: wordsOf(h.Title)})
}

// asPrefixes makes two queries of what is being typed: with the last word as it
// is, since a whole word is found in either script and by its other endings, and
// with it as a beginning. What the query language would understand is taken out:
// a title with a bracket in it is not a query.
func asPrefixes(typed string) []string {
	words := strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool {
		return strings.ContainsRune(" \t\n\"“”„«»():*~-?,.;", r)
	})
	if len(words) == 0 {
		return nil
	}
	whole := strings.Join(words, " ")
	return []string{whole, whole + "*"}
}
