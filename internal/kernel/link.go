package kernel

import (
	"context"
	"slices"

	"svod/internal/core"
	"svod/internal/store"
)

// Links lists what a record is linked with, from both sides: outgoing links in
// form order, then incoming ones by the type and field they come from. Ends
// outside the scope, and withdrawn records, are left out without a trace.
func (k *Kernel) Links(ctx context.Context, a core.Actor, id core.ID) ([]Linked, error) {
	var out []Linked
	err := k.read(ctx, a, func(v *view) error {
		f, err := v.find(id)
		if err != nil {
			return err
		}
		from, err := v.LinksFrom([]string{f.ID})
		if err != nil {
			return err
		}
		to, err := v.LinksTo([]string{f.ID})
		if err != nil {
			return err
		}
		out, err = v.linked(f, from, to)
		return err
	})
	return out, err
}

// LinksOf is Links for the parts of a record: the acts of an event with their
// victims and perpetrators. It returns the links of every record given, by ID.
func (k *Kernel) LinksOf(ctx context.Context, a core.Actor, ids []core.ID) (map[core.ID][]Linked, error) {
	out := map[core.ID][]Linked{}
	err := k.read(ctx, a, func(v *view) error {
		fs, err := v.findMany(ids)
		if err != nil {
			return err
		}
		for _, f := range fs {
			from, err := v.LinksFrom([]string{f.ID})
			if err != nil {
				return err
			}
			to, err := v.LinksTo([]string{f.ID})
			if err != nil {
				return err
			}
			if out[core.ID(f.ID)], err = v.linked(f, from, to); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// linked opens the other ends, once for all.
func (v *view) linked(f found, from, to []store.Link) ([]Linked, error) {
	var ids []core.ID
	for _, l := range from {
		ids = append(ids, core.ID(l.Target))
	}
	for _, l := range to {
		ids = append(ids, core.ID(l.Source))
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	ends, err := v.summaries(ids, true)
	if err != nil {
		return nil, err
	}
	t := v.k.Packs().Type(f.Type)
	var out []Linked
	for i := range t.Fields {
		for _, l := range from {
			if end, ok := ends[core.ID(l.Target)]; ok && l.Field == t.Fields[i].Key && end.State == core.Active {
				out = append(out, Linked{Record: end, Field: l.Field, Source: core.ID(f.ID)})
			}
		}
	}
	for _, l := range to {
		if end, ok := ends[core.ID(l.Source)]; ok && end.State == core.Active {
			out = append(out, Linked{Record: end, Field: l.Field, Source: core.ID(l.Source), Incoming: true})
		}
	}
	return out, nil
}

// summaries opens records for lists. full keeps all values, else only those of
// fields marked List.
func (v *view) summaries(ids []core.ID, full bool) (map[core.ID]Summary, error) {
	fs, err := v.findMany(ids)
	if err != nil {
		return nil, err
	}
	records, err := v.openCurrent(fs)
	if err != nil {
		return nil, err
	}
	if err := v.present(records); err != nil {
		return nil, err
	}
	out := make(map[core.ID]Summary, len(records))
	for _, r := range records {
		out[r.ID] = v.k.summary(r, full)
	}
	return out, nil
}

func (k *Kernel) summary(r core.Record, full bool) Summary {
	s := Summary{ID: r.ID, Type: r.Type, Circle: r.Circle, Title: r.Title, Version: r.Version,
		State: r.State, Updated: r.Updated, Values: r.Values}
	if full {
		return s
	}
	t := k.Packs().Type(r.Type)
	s.Values = core.Values{}
	for i := range t.Fields {
		if v, ok := r.Values[t.Fields[i].Key]; ok && t.Fields[i].List {
			s.Values[t.Fields[i].Key] = v
		}
	}
	return s
}
