package kernel

import (
	"strings"

	"svod/internal/core"
	"svod/internal/store"
	"svod/internal/text"
)

// What Field.Auto may name. Such fields are computed from the record whenever
// it is shown or indexed and never stored, so they cause no versions of their
// own.
const (
	autoNumber    = "number"
	autoCreatedAt = "created_at"
	autoUpdatedAt = "updated_at"
	autoCreatedBy = "created_by"
	autoUpdatedBy = "updated_by"
)

// withoutAuto copies values without the fields the kernel fills and without
// empty ones.
func withoutAuto(t *core.Type, values core.Values) core.Values {
	out := values.Clone()
	for key, v := range out {
		f := t.Field(key)
		if v.IsZero() || f != nil && f.Auto != "" {
			delete(out, key)
		}
	}
	return out
}

// Number is the record number shown to people: the beginning of the type's
// name and the random end of the ID ("EVE-3f9a01bc").
func Number(typ string, id core.ID) string {
	return strings.ToUpper(typ[:min(3, len(typ))]) + "-" + id.Short()
}

func dayValue(micro int64) core.Value {
	d, err := core.ParseDate(timeOf(micro).Format("2006-01-02"))
	if err != nil {
		return core.Value{}
	}
	return core.DateValue(d)
}

// indexValues adds the automatic fields that can be filtered by: number and
// times. Authors are left to the history: their names change.
func (k *Kernel) indexValues(t *core.Type, r store.Record, values core.Values) core.Values {
	out := values
	for i := range t.Fields {
		var v core.Value
		switch t.Fields[i].Auto {
		case autoNumber:
			v = core.TextValue(Number(t.Name, core.ID(r.ID)))
		case autoCreatedAt:
			v = dayValue(r.CreatedAt)
		case autoUpdatedAt:
			v = dayValue(r.UpdatedAt)
		default:
			continue
		}
		if len(out) == len(values) { // copy once, before the first addition
			c := make(core.Values, len(values)+4)
			for key, val := range values {
				c[key] = val
			}
			out = c
		}
		out[t.Fields[i].Key] = v
	}
	return out
}

// fillAuto adds all automatic fields for showing.
func (v *view) fillAuto(t *core.Type, r *core.Record) error {
	for i := range t.Fields {
		f := &t.Fields[i]
		switch f.Auto {
		case autoNumber:
			r.Values[f.Key] = core.TextValue(Number(t.Name, r.ID))
		case autoCreatedAt:
			r.Values[f.Key] = dayValue(r.Created.UnixMicro())
		case autoUpdatedAt:
			r.Values[f.Key] = dayValue(r.Updated.UnixMicro())
		case autoCreatedBy, autoUpdatedBy:
			number := int64(1)
			if f.Auto == autoUpdatedBy {
				number = int64(r.Version)
			}
			row, err := v.versionAuthor(string(r.ID), number)
			if err != nil {
				return err
			}
			if name := v.personName(core.ID(row)); name != "" {
				r.Values[f.Key] = core.TextValue(name)
			}
		}
	}
	return nil
}

// versionAuthor is the author of a version, "" for one that is being written.
func (v *view) versionAuthor(record string, number int64) (string, error) {
	rows, err := v.VersionsByID([]store.VersionID{{Record: record, Number: number}})
	if err != nil || len(rows) == 0 {
		return string(v.actor.Person), err
	}
	return rows[0].Author, nil
}

// entitle sets the titles. A title that comes from a linked record needs that
// record opened too, so links are followed once, for all records together.
func (v *view) entitle(records []core.Record) error {
	linked, err := v.titleLinks(records)
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		r.Title = v.k.title(v.k.Packs().Type(r.Type), r.ID, r.Values, linked)
	}
	return nil
}

// titleLinks opens the records that titles are borrowed from.
func (v *view) titleLinks(records []core.Record) (map[core.ID]core.Words, error) {
	out := map[core.ID]core.Words{}
	var ids []core.ID
	for _, r := range records {
		t := v.k.Packs().Type(r.Type)
		if t == nil {
			continue
		}
		for _, key := range t.Title {
			f := t.Field(key)
			val := r.Values[key]
			if f == nil || len(val.Items) == 0 {
				continue
			}
			if f.Kind == core.FieldLink {
				ids = append(ids, val.Items[0].Link)
			}
			break
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	fs, err := v.findMany(ids)
	if err != nil {
		return nil, err
	}
	targets, err := v.openCurrent(fs)
	if err != nil {
		return nil, err
	}
	for _, r := range targets {
		// One step only: a chain of titles could be endless.
		out[r.ID] = v.k.title(v.k.Packs().Type(r.Type), r.ID, r.Values, nil)
	}
	return out, nil
}

// title is the first of the type's title fields that is filled, else the type
// and number.
func (k *Kernel) title(t *core.Type, id core.ID, values core.Values, linked map[core.ID]core.Words) core.Words {
	if t == nil {
		return core.Words{"en": id.Short()}
	}
	for _, key := range t.Title {
		if w := k.itemWords(t.Field(key), values[key], linked); len(w) > 0 {
			return w
		}
	}
	out := core.Words{}
	for lang, label := range t.Label {
		out[lang] = label + " " + id.Short()
	}
	return out
}

// itemWords is a field's first item in words, by language.
func (k *Kernel) itemWords(f *core.Field, val core.Value, linked map[core.ID]core.Words) core.Words {
	if f == nil || len(val.Items) == 0 {
		return nil
	}
	item := val.Items[0]
	switch f.Kind {
	case core.FieldText:
		return bilingual(item.Text)
	case core.FieldNote:
		out := core.Words{}
		for lang, s := range item.Note {
			out[lang] = clip(s, 120)
		}
		return out
	case core.FieldTerm:
		return k.Packs().Label(f.Vocabulary, item.Term)
	case core.FieldDate:
		if item.Date == nil {
			return nil
		}
		return core.Words{"ru": item.Date.Format("ru"), "en": item.Date.Format("en")}
	case core.FieldName:
		return nameWords(val)
	case core.FieldLink:
		return linked[item.Link]
	case core.FieldPlace:
		if item.Place == nil {
			return nil
		}
		if item.Place.Local != "" {
			return bilingual(item.Place.Local)
		}
		return k.Packs().Label(f.Vocabulary, item.Place.Code)
	}
	return nil
}

func bilingual(s string) core.Words {
	if s == "" {
		return nil
	}
	return core.Words{"ru": s, "en": s}
}

// nameWords gives a name in Cyrillic to Russian readers and in Latin to English
// ones, each from the spelling on record where there is one; a Latin form that
// nobody wrote down is romanised.
func nameWords(val core.Value) core.Words {
	first := val.Items[0].Name
	if first == nil || first.String() == "" {
		return nil
	}
	out := core.Words{"ru": first.String(), "en": first.String()}
	latin := false
	for _, item := range val.Items {
		if item.Name == nil || item.Name.String() == "" || item.Name.Use == "former" {
			continue
		}
		switch item.Name.Script {
		case "Cyrl":
			if first.Script != "Cyrl" {
				out["ru"] = item.Name.String()
				first = item.Name
			}
		case "Latn":
			if !latin {
				out["en"], latin = item.Name.String(), true
			}
		}
	}
	if !latin {
		out["en"] = text.Latin(out["ru"], "")
	}
	return out
}
