package api

import (
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

type batchInput struct{ Body body[[]Draft] }

type batchOutput struct{ Body Batch }

// Batch is what was created, in the order of the drafts.
type Batch struct {
	Items []Record `json:"items" nullable:"false"`
}

func (a *API) createMany(c call, in *batchInput) (*batchOutput, error) {
	list, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || len(list) > maxDraft {
		return nil, core.Invalid("api.batch_size", "max", maxDraft)
	}
	drafts := make([]kernel.Draft, len(list))
	known := refs{}
	for i, d := range list {
		if drafts[i], err = a.draft(d, known); err != nil {
			return nil, inDraft(err, "$", i)
		}
		drafts[i].ID = core.NewIDAt(a.k.Now())
		if d.Ref != "" && !known.add(core.ID(d.Ref), drafts[i].ID) {
			return nil, inDraft(core.Invalid("api.ref").At("ref"), "$", i)
		}
	}
	records, err := a.k.CreateMany(c, c.actor, drafts)
	if err != nil {
		if len(drafts) == 1 {
			return nil, inDraft(err, "$.values", 0)
		}
		return nil, spotted{error: err, root: "$.values", batch: true}
	}
	out := Batch{Items: make([]Record, len(records))}
	for i, r := range records {
		out.Items[i] = recordOf(r)
	}
	return &batchOutput{out}, nil
}

// inDraft puts the number of the draft before the places of an error.
func inDraft(err error, root string, i int) error {
	return spotted{error: err, root: "$[" + strconv.Itoa(i) + "]" + strings.TrimPrefix(root, "$")}
}

// refs are the drafts of a batch by the names they were given, so that later
// ones can link to them. Names begin with #, which no ID does: a client never
// chooses an ID, since "taken" would say that a record exists.
type refs map[core.ID]core.ID

// add is false for a name that is taken or not well formed.
func (r refs) add(name, id core.ID) bool {
	if _, taken := r[name]; taken || len(name) < 2 || len(name) > 61 || name[0] != '#' {
		return false
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	if strings.Trim(string(name[1:]), letters) != "" {
		return false
	}
	r[name] = id
	return true
}

// resolve replaces links to names by links to IDs.
func (r refs) resolve(vals core.Values) {
	for _, v := range vals {
		for i := range v.Items {
			if id, ok := r[v.Items[i].Link]; ok {
				v.Items[i].Link = id
			}
		}
	}
}
