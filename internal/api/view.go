package api

import (
	"strconv"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

// Record is a record at one version, as the asking person may see it.
type Record struct {
	ID      core.ID     `json:"id" format:"uuid"`
	Type    string      `json:"type"`
	Circle  core.ID     `json:"circle" format:"uuid" doc:"Home circle"`
	Shared  []core.ID   `json:"shared" nullable:"false" doc:"Other circles that may read it, as far as the person may know"`
	Version int         `json:"version" minimum:"1"`
	State   core.State  `json:"state" enum:"active,withdrawn"`
	Title   core.Words  `json:"title" doc:"Made from the fields of the record, by language"`
	Created time.Time   `json:"created"`
	Updated time.Time   `json:"updated"`
	Locked  []string    `json:"locked" nullable:"false" doc:"Sealed fields that could not be opened: their keys are not yours"`
	Values  core.Values `json:"values"`
}

func recordOf(r core.Record) Record {
	return Record{ID: r.ID, Type: r.Type, Circle: r.Circle, Shared: some(r.Shared), Version: r.Version, State: r.State,
		Title: wordsOf(r.Title), Created: r.Created.UTC(), Updated: r.Updated.UTC(), Locked: some(r.Locked), Values: valuesOf(r.Values)}
}

// Summary is a record as lists and links show it.
type Summary struct {
	ID      core.ID     `json:"id" format:"uuid"`
	Type    string      `json:"type"`
	Circle  core.ID     `json:"circle" format:"uuid"`
	Version int         `json:"version"`
	State   core.State  `json:"state" enum:"active,withdrawn"`
	Title   core.Words  `json:"title"`
	Updated time.Time   `json:"updated"`
	Values  core.Values `json:"values" doc:"Fields shown in lists; all of them with full=true"`
}

func summaryOf(s kernel.Summary) Summary {
	return Summary{ID: s.ID, Type: s.Type, Circle: s.Circle, Version: s.Version, State: s.State,
		Title: wordsOf(s.Title), Updated: s.Updated.UTC(), Values: valuesOf(s.Values)}
}

func wordsOf(w core.Words) core.Words {
	if w == nil {
		return core.Words{}
	}
	return w
}

func valuesOf(v core.Values) core.Values {
	if v == nil {
		return core.Values{}
	}
	return v
}

// etag is the version as an entity tag.
func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }
