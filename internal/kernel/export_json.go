package kernel

import (
	"encoding/json"
	"io"
	"time"

	"svod/internal/core"
)

// jsonRecord is a line of a JSON Lines export: the record as the API shows it.
type jsonRecord struct {
	ID      core.ID     `json:"id"`
	Type    string      `json:"type"`
	Circle  core.ID     `json:"circle"`
	Version int         `json:"version"`
	State   core.State  `json:"state"`
	Created time.Time   `json:"created"`
	Updated time.Time   `json:"updated"`
	Title   core.Words  `json:"title"`
	Values  core.Values `json:"values"`
}

type jsonWriter struct {
	e *exporter
	w io.Writer
}

func (j *jsonWriter) record(r *core.Record, _ map[core.ID]core.Words) error {
	values := r.Values
	if len(j.e.plan.Fields) > 0 {
		values = core.Values{}
		for _, key := range j.e.plan.Fields {
			if v, ok := r.Values[key]; ok {
				values[key] = v
			}
		}
	}
	b, err := json.Marshal(jsonRecord{r.ID, r.Type, r.Circle, r.Version, r.State, r.Created, r.Updated, r.Title, values})
	if err != nil {
		return err
	}
	_, err = j.w.Write(append(b, '\n'))
	return err
}

func (j *jsonWriter) close() error { return nil }
