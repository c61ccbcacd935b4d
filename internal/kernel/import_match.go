package kernel

import (
	"errors"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/form"
	"svod/internal/store"
	"svod/internal/text"
)

// externalTokens hashes an external id under every key generation of the
// circle, newest first: the store learns neither the list's name nor the id,
// which may be the number of a passport.
func externalTokens(keys []*crypt.CircleKeys, source, id string) []string {
	out := make([]string, len(keys))
	for i, ck := range keys {
		out[len(keys)-1-i] = ck.FacetToken("@external/"+text.Fold(source), id)
	}
	return out
}

// match finds the records that rows of a batch speak of and judges those rows.
// Without a Source an external id is the ID of a record, as an export writes it.
func (v *view) match(plan ImportPlan, t *core.Type, batch []*importRow) error {
	keys, err := v.ring.generations(v.Tx, string(v.actor.Person), string(plan.Circle))
	if err != nil {
		return err
	}
	want := map[*importRow]store.External{}
	if plan.Source == "" {
		for _, r := range batch {
			if id, err := core.ParseID(r.id); err == nil {
				want[r] = store.External{Record: string(id)}
			}
		}
	} else if err := v.lookUp(plan, keys, batch, want); err != nil {
		return err
	}
	return v.judgeKnown(plan, t, batch, want)
}

func (v *view) lookUp(plan ImportPlan, keys []*crypt.CircleKeys, batch []*importRow, want map[*importRow]store.External) error {
	var ask []string
	for _, r := range batch {
		if r.id != "" {
			r.tokens = externalTokens(keys, plan.Source, r.id)
			ask = append(ask, r.tokens...)
		}
	}
	known, err := v.Externals(sourceKey(plan), ask)
	if err != nil {
		return err
	}
	by := make(map[string]store.External, len(known))
	for _, e := range known {
		by[e.ExternalID] = e
	}
	for _, r := range batch {
		for _, tok := range r.tokens {
			if e, ok := by[tok]; ok {
				want[r] = e
				break
			}
		}
	}
	return nil
}

// judgeKnown opens the records and judges the rows that speak of them. A record
// that is outside the scope, or gone, is as good as unknown.
func (v *view) judgeKnown(plan ImportPlan, t *core.Type, batch []*importRow, want map[*importRow]store.External) error {
	var ids []core.ID
	for _, r := range batch {
		if e, ok := want[r]; ok {
			ids = append(ids, core.ID(e.Record))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	fs, err := v.findMany(ids)
	if err != nil {
		return err
	}
	heads := make([]string, len(fs))
	by := make(map[string]*found, len(fs))
	for i := range fs {
		heads[i], by[fs[i].ID] = fs[i].ID, &fs[i]
	}
	rows, err := v.CurrentVersions(heads)
	if err != nil {
		return err
	}
	current := make(map[string]store.Version, len(rows))
	for _, row := range rows {
		current[row.Record] = row
	}
	for _, r := range batch {
		f := by[want[r].Record]
		if f == nil || len(r.Errors) > 0 && r.Errors[len(r.Errors)-1].Key == "import.id_twice" {
			continue
		}
		values, locked, err := v.open(*f, current[f.ID])
		if err != nil {
			return err
		}
		r.target, r.current = f, opened{current[f.ID], values, locked}
		if err := v.judgeOne(plan, t, r); err != nil {
			return err
		}
	}
	return nil
}

// judgeOne decides what a row does to the record it speaks of.
func (v *view) judgeOne(plan ImportPlan, t *core.Type, r *importRow) error {
	r.Record = core.ID(r.target.ID)
	doubt := func(key string, fields ...string) {
		r.Outcome = RowDoubt
		r.Notes = append(r.Notes, core.Invalid(key, "fields", strings.Join(fields, ", ")).AtCell(r.Row, 0))
	}
	r.Title = v.k.title(t, r.Record, r.current.values, nil).In(v.actor.Lang)
	switch {
	case len(r.Errors) > 0:
		r.Outcome = RowRefused
		return nil
	case r.target.Type != plan.Type || r.target.Circle != string(plan.Circle):
		doubt("import.other_place")
		return nil
	case r.target.State == store.StateWithdrawn:
		doubt("import.withdrawn")
		return nil
	case len(r.current.locked) > 0:
		doubt("import.locked")
		return nil
	case v.k.anotherOne(t, r.current.values, r.row):
		doubt("import.id_reused")
		return nil
	}
	base, err := v.importedBase(t, r)
	if err != nil {
		return err
	}
	m := merge(t, base, r.current.values, laidOver(t, base, r.row))
	if len(m.collisions) > 0 {
		labels := make([]string, len(m.collisions))
		for i, key := range m.collisions {
			labels[i] = t.Field(key).Label.In(v.actor.Lang)
		}
		doubt("import.changed_by_hand", labels...)
		return nil
	}
	if sameValues(t, r.current.values, m.values) {
		r.Outcome = RowUnchanged
		return nil
	}
	r.Outcome, r.values = RowUpdate, m.values
	if errs := form.Check(t, m.values, v.k.Packs()); len(errs) > 0 {
		r.Outcome, r.Errors = RowRefused, inRows(errs, r.Row)
	}
	return nil
}

// laidOver puts the filled cells of a row over a record. An empty cell changes
// nothing: a list with a column short must not wipe what is known.
func laidOver(t *core.Type, base, row core.Values) core.Values {
	out := base.Clone()
	for key, v := range row {
		if v.IsZero() {
			continue
		}
		f := t.Field(key)
		if f != nil && f.Kind == core.FieldNote && len(v.Items) == 1 && len(out[key].Items) == 1 {
			joined := core.Words{}
			for lang, s := range out[key].Items[0].Note {
				joined[lang] = s
			}
			for lang, s := range v.Items[0].Note {
				joined[lang] = s
			}
			v = v.Clone()
			v.Items[0].Note = joined
		}
		out[key] = asKnown(base[key], v)
	}
	return out
}

// asKnown takes the items of a row as the record has them where both say the
// same: a cell holds less than an item (no former name, no point on the map),
// and what it leaves out is not thereby deleted.
func asKnown(known, row core.Value) core.Value {
	out := core.Value{Missing: row.Missing, Items: slices.Clone(row.Items)}
	used := make([]bool, len(known.Items))
	for i := range out.Items {
		for j, it := range known.Items {
			if !used[j] && saysTheSame(it, out.Items[i]) {
				out.Items[i], used[j] = it, true
				break
			}
		}
	}
	return out
}

// saysTheSame reports whether an item of a record reads in a table as the item
// of a row does.
func saysTheSame(known, row core.Item) bool {
	if row.Clarify != "" && row.Clarify != known.Clarify {
		return false
	}
	switch {
	case row.Name != nil:
		return known.Name != nil && row.Name.String() == known.Name.String()
	case row.Contact != nil:
		return known.Contact != nil && row.Contact.Value == known.Contact.Value
	case row.Place != nil:
		return known.Place != nil && row.Place.Code == known.Place.Code && row.Place.Local == known.Place.Local &&
			(row.Place.Lat == nil || known.Place.Lat != nil && *row.Place.Lat == *known.Place.Lat)
	case row.Term != "":
		return row.Term == known.Term
	}
	one, other := core.Value{Items: []core.Item{known}}, core.Value{Items: []core.Item{row}}
	return one.Equal(other)
}

// importedBase is the record as imports have written it, field by field: what a
// field was changed to by hand since does not count. Merging against it tells a
// change in the list from a change made here. A row that names the version it
// was exported at starts from that version.
func (v *view) importedBase(t *core.Type, r *importRow) (core.Values, error) {
	f := r.target
	if len(r.tokens) == 0 {
		if r.version < 1 || int64(r.version) >= f.Version {
			return r.current.values, nil
		}
		o, err := v.versionOf(*f, int64(r.version))
		if errors.Is(err, store.ErrNotFound) || len(o.locked) > 0 {
			return r.current.values, nil
		}
		return o.values, err
	}
	if f.Version == 1 {
		return r.current.values, nil
	}
	rows, err := v.Tx.History(f.ID)
	if err != nil {
		return nil, err
	}
	base, before := core.Values{}, core.Values{}
	for _, row := range rows {
		values, locked, err := v.open(*f, row)
		if err != nil {
			return nil, err
		}
		if len(locked) > 0 {
			return r.current.values, nil
		}
		for i := range t.Fields {
			key := t.Fields[i].Key
			if row.ImportID != "" && !values[key].Equal(before[key]) {
				base[key] = values[key]
			}
		}
		before = values
	}
	for key, val := range base {
		if val.IsZero() {
			delete(base, key)
		}
	}
	return base, nil
}

// anotherOne reports whether a row cannot be about the record: every field that
// tells records apart is filled on both sides and differs.
func (k *Kernel) anotherOne(t *core.Type, record, row core.Values) bool {
	compared := 0
	for i := range t.Fields {
		f := &t.Fields[i]
		if !f.Identity && f.Key != t.When && !slices.Contains(t.Title, f.Key) || f.Auto != "" || f.Kind == core.FieldLink {
			continue
		}
		a, b := record[f.Key], row[f.Key]
		if len(a.Items) == 0 || len(b.Items) == 0 {
			continue
		}
		if alike(f, a, b) {
			return false
		}
		compared++
	}
	return compared > 0
}

// alike reports whether two values of a field could mean the same thing.
func alike(f *core.Field, a, b core.Value) bool {
	for _, x := range a.Items {
		for _, y := range b.Items {
			switch f.Kind {
			case core.FieldName:
				if x.Name != nil && y.Name != nil && nameMatch(*x.Name, *y.Name) > 0 {
					return true
				}
			case core.FieldDate:
				if x.Date != nil && y.Date != nil && datesMeet(*x.Date, *y.Date) {
					return true
				}
			case core.FieldNote:
				for lang, s := range x.Note {
					if o, ok := y.Note[lang]; ok && text.Fold(s) == text.Fold(o) {
						return true
					}
				}
			case core.FieldText:
				if text.Fold(x.Text) == text.Fold(y.Text) {
					return true
				}
			default:
				one, other := core.Value{Items: []core.Item{x}}, core.Value{Items: []core.Item{y}}
				if one.Equal(other) {
					return true
				}
			}
		}
	}
	return false
}

// datesMeet reports whether a day exists on which both dates may lie.
func datesMeet(a, b core.Date) bool {
	a1, a2 := a.Bounds()
	b1, b2 := b.Bounds()
	return !a2.Before(b1) && !b2.Before(a1)
}
