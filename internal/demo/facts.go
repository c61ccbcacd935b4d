package demo

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/kernel"
)

// fact is a row of the fact table.
type fact struct {
	id                  string
	date                core.Date
	region, form, topic string
	notified            bool
	detained            int
}

// Source is how the fact table is attributed, as its licence asks.
const Source = "Source: OVD-Info, CC BY 3.0"

var factHeader = []string{"id", "date", "region", "notified", "form", "topic", "detained"}

func readFacts(data fs.FS) ([]fact, error) {
	f, err := data.Open("protest_detention_facts.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], factHeader) {
		return nil, fmt.Errorf("%w: protest_detention_facts.csv: want columns %v", errData, factHeader)
	}
	out := make([]fact, 0, len(rows)-1)
	for i, row := range rows[1:] {
		date, err := core.ParseDate(row[1])
		if err != nil {
			return nil, fmt.Errorf("%w: protest_detention_facts.csv:%d: date %q", errData, i+2, row[1])
		}
		detained, err := strconv.Atoi(row[6])
		if err != nil {
			return nil, fmt.Errorf("%w: protest_detention_facts.csv:%d: detained %q", errData, i+2, row[6])
		}
		out = append(out, fact{id: row[0], date: date, region: row[2], notified: row[3] == "yes",
			form: row[4], topic: row[5], detained: detained})
	}
	return out, nil
}

// events writes the fact table as events of the monitors' circle.
func (l *loader) events(facts []fact) error {
	drafts := make([]kernel.Draft, len(facts))
	for i, f := range facts {
		values, err := f.values()
		if err != nil {
			return core.Internal(err)
		}
		id := core.NewIDAt(l.k.Now())
		l.ids[f.id] = id
		drafts[i] = kernel.Draft{ID: id, Type: "event", Circle: l.cast.circles[ladoga], Values: values}
	}
	return l.write(l.cast.actors["vera"], drafts)
}

func (f fact) values() (core.Values, error) {
	title, err := f.title()
	if err != nil {
		return nil, err
	}
	notified := f.notified
	values := core.Values{
		"title":          {Items: []core.Item{{Note: title}}},
		"initial_date":   core.DateValue(f.date),
		"places":         {Items: []core.Item{{Place: &core.Place{Code: f.region, Precision: regions[f.region].precision}}}},
		"detained":       core.NumberValue(float64(f.detained)),
		"notified":       {Items: []core.Item{{Yes: &notified}}},
		"assembly_form":  core.TermValue(f.form),
		"assembly_topic": core.TermValue(f.topic),
		"remarks": core.NoteValue("ru", "Источник: ОВД-Инфо, CC BY 3.0. Номер в таблице источника: "+f.id+".",
			"en", Source+". Number in the source’s table: "+f.id+"."),
	}
	if f.topic == "" {
		values["assembly_topic"] = core.MissingValue(core.Unknown)
	}
	return values, nil
}
