package kernel

import (
	"svod/internal/core"
)

// merged is the outcome of a three-way merge.
type merged struct {
	values     core.Values
	kept       []string // fields that only the other side changed
	collisions []string // fields that both sides changed, differently
}

// merge joins two sets of changes to base, field by field: a field changed on
// one side takes that side; changed alike on both, it is no collision; changed
// differently, mine stands in values and the field is named. Repeatable fields
// whose sides only added items keep the items of both.
func merge(t *core.Type, base, theirs, mine core.Values) merged {
	m := merged{values: core.Values{}}
	for i := range t.Fields {
		f := &t.Fields[i]
		b, th, mi := base[f.Key], theirs[f.Key], mine[f.Key]
		var take core.Value
		switch {
		case th.Equal(mi), th.Equal(b):
			take = mi
		case mi.Equal(b):
			take = th
			m.kept = append(m.kept, f.Key)
		default:
			joined, ok := joinAdded(f, b, th, mi)
			if !ok {
				m.collisions = append(m.collisions, f.Key)
				joined = mi
			} else {
				m.kept = append(m.kept, f.Key)
			}
			take = joined
		}
		if !take.IsZero() {
			m.values[f.Key] = take
		}
	}
	return m
}

// joinAdded joins two versions of a repeatable field when each is the base with
// items added at its end.
func joinAdded(f *core.Field, base, theirs, mine core.Value) (core.Value, bool) {
	if !f.Many || !startsWith(theirs, base) || !startsWith(mine, base) {
		return mine, false
	}
	out := theirs.Clone()
	for _, item := range mine.Items[len(base.Items):] {
		one := core.Value{Items: []core.Item{item}}
		dup := false
		for _, have := range theirs.Items[len(base.Items):] {
			dup = dup || one.Equal(core.Value{Items: []core.Item{have}})
		}
		if !dup {
			out.Items = append(out.Items, item)
		}
	}
	return out, true
}

func startsWith(v, base core.Value) bool {
	if v.Missing != "" || len(v.Items) < len(base.Items) {
		return false
	}
	return core.Value{Items: v.Items[:len(base.Items)]}.Equal(core.Value{Items: base.Items})
}

func sameValues(t *core.Type, a, b core.Values) bool {
	for i := range t.Fields {
		if !a[t.Fields[i].Key].Equal(b[t.Fields[i].Key]) {
			return false
		}
	}
	return true
}

// collision prepares both sides for people. Everything in it has passed the
// same filter as a record.
func (v *view) collision(f found, t *core.Type, m merged, base, current opened, mine core.Values) (*Collision, error) {
	sides := []core.Values{base.values, current.values, mine, m.values}
	records := make([]core.Record, len(sides))
	for i, side := range sides {
		records[i] = v.recordOf(f, side.Clone(), nil)
	}
	if err := v.present(records); err != nil {
		return nil, err
	}
	return &Collision{Fields: m.collisions, Base: int(base.row.Number), Theirs: int(f.Version),
		TheirAuthor: v.personName(core.ID(current.row.Author)), TheirAt: timeOf(current.row.At),
		BaseValues: records[0].Values, TheirValues: records[1].Values,
		MyValues: records[2].Values, Values: records[3].Values}, nil
}
