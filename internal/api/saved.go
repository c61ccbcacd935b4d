package api

import (
	"net/http"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) savedRoutes() {
	on(a, operation(http.MethodGet, "/saved", "savedQueries", "saved", "List the saved queries of the person and of their circles"), a.savedList)
	put := operation(http.MethodPost, "/saved", "saveQuery", "saved", "Save a query, or change one of the person's own")
	put.DefaultStatus = http.StatusCreated
	on(a, put, a.savedPut)
	on(a, operation(http.MethodDelete, "/saved/{id}", "deleteQuery", "saved", "Forget a saved query"), a.savedDelete)
}

// SavedQuery is a query under a name. It is stored in clear: names of protected
// people do not belong in it.
type SavedQuery struct {
	ID      core.ID       `json:"id,omitempty" doc:"Given by the server; send it to change a query"`
	Name    string        `json:"name" maxLength:"120"`
	Circle  core.ID       `json:"circle,omitempty" doc:"For everybody in this circle; empty = for oneself"`
	Type    string        `json:"type,omitempty"`
	Query   string        `json:"q,omitempty"`
	Filters []SavedFilter `json:"filters,omitempty"`
	Sort    string        `json:"sort,omitempty"`
	Exact   bool          `json:"exact,omitempty"`
	Owner   string        `json:"owner,omitempty" readOnly:"true"`
	Mine    bool          `json:"mine,omitempty" readOnly:"true"`
	Created *time.Time    `json:"created,omitempty" readOnly:"true"`
}

// SavedFilter restricts a facet field.
type SavedFilter struct {
	Field  string   `json:"field"`
	Values []string `json:"values" nullable:"false"`
	Not    bool     `json:"not,omitempty"`
}

func savedOf(q kernel.SavedQuery) SavedQuery {
	out := SavedQuery{ID: q.ID, Name: q.Name, Circle: q.Circle, Type: q.Type, Query: q.Text, Sort: q.Sort, Exact: q.Exact,
		Owner: q.Owner, Mine: q.Mine, Created: timeOr(q.Created)}
	for _, f := range q.Filters {
		out.Filters = append(out.Filters, SavedFilter(f))
	}
	return out
}

type savedListOutput struct{ Body SavedQueries }

// SavedQueries are saved queries by name.
type SavedQueries struct {
	Items []SavedQuery `json:"items" nullable:"false"`
}

func (a *API) savedList(c call, _ *struct{}) (*savedListOutput, error) {
	list, err := a.k.SavedQueries(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := SavedQueries{Items: make([]SavedQuery, len(list))}
	for i, q := range list {
		out.Items[i] = savedOf(q)
	}
	return &savedListOutput{out}, nil
}

type savedInput struct{ Body body[SavedQuery] }

type savedOutput struct{ Body SavedQuery }

func (a *API) savedPut(c call, in *savedInput) (*savedOutput, error) {
	b, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	for _, id := range []core.ID{b.ID, b.Circle} {
		if _, err := core.ParseID(string(id)); err != nil && id != "" {
			return nil, err
		}
	}
	q := kernel.SavedQuery{ID: b.ID, Name: b.Name, Circle: b.Circle, Type: b.Type, Text: b.Query, Sort: b.Sort, Exact: b.Exact}
	for _, f := range b.Filters {
		q.Filters = append(q.Filters, kernel.Filter(f))
	}
	if err := a.savable(c, q); err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	saved, err := a.k.SaveQuery(c, c.actor, q)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	return &savedOutput{savedOf(saved)}, nil
}

// savable lets no query be saved that could not be asked.
func (a *API) savable(c call, q kernel.SavedQuery) error {
	if len([]rune(q.Name)) > 120 {
		return core.Invalid("form.too_long", "max", 120).At("name")
	}
	find, err := a.findQuery(Question{Type: q.Type, Query: q.Text, Exact: q.Exact})
	if err != nil {
		return err
	}
	for _, f := range q.Filters {
		if !a.counted(q.Type, f.Field) {
			return core.Invalid("error.not_countable", "field", printable(f.Field)).At("filters")
		}
	}
	if _, err := a.sort(q.Type, q.Sort); err != nil {
		return err
	}
	find.Filters = q.Filters
	_, err = a.k.Count(c, c.actor, find)
	return err
}

type savedDeleteInput struct {
	ID string `path:"id" doc:"ID of the saved query"`
}

func (a *API) savedDelete(c call, in *savedDeleteInput) (*struct{}, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	return nil, a.k.DeleteQuery(c, c.actor, id)
}
