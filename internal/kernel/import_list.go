package kernel

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"svod/internal/core"
	"svod/internal/store"
)

// Imports lists the imports into the actor's circles, the newest first, at most
// 200.
func (k *Kernel) Imports(ctx context.Context, a core.Actor) ([]ImportInfo, error) {
	var out []ImportInfo
	err := k.read(ctx, a, func(v *view) error {
		circles := make([]string, len(v.scope.Circles))
		for i, c := range v.scope.Circles {
			circles[i] = string(c)
		}
		rows, err := v.ImportsOf(circles, 200)
		out = make([]ImportInfo, len(rows))
		for i, row := range rows {
			out[i] = v.importInfo(row)
		}
		return err
	})
	return out, err
}

// Import returns one. KindNotFound when it is outside the actor's circles.
func (k *Kernel) Import(ctx context.Context, a core.Actor, id core.ID) (ImportInfo, error) {
	var out ImportInfo
	err := k.read(ctx, a, func(v *view) error {
		row, err := v.importRow(id)
		if err == nil {
			out = v.importInfo(row)
		}
		return err
	})
	return out, err
}

// importRow is an import in scope.
func (v *view) importRow(id core.ID) (store.Import, error) {
	row, err := v.Tx.Import(string(id))
	if err != nil {
		return row, err
	}
	return row, v.need(core.ID(row.Circle), core.Reader)
}

func (v *view) importInfo(row store.Import) ImportInfo {
	out := ImportInfo{ID: core.ID(row.ID), Type: row.Type, Circle: core.ID(row.Circle), By: v.personName(core.ID(row.Person)),
		At: timeOf(row.At), State: row.State}
	out.Name, _ = v.openFromCircle(row.Circle, row.FileNameSealed)
	if box, err := base64.StdEncoding.DecodeString(row.Report); err == nil {
		if report, ok := v.openFromCircle(row.Circle, box); ok && json.Unmarshal([]byte(report), &out.Report) != nil {
			out.Report = ImportReport{}
		}
	}
	return out
}

// MappingSave keeps a mapping for the actor under a name, so that the next file
// of the same make needs no wizard. Without an ID it is new.
func (k *Kernel) MappingSave(ctx context.Context, a core.Actor, m Mapping) (Mapping, error) {
	ring, err := ringOf(a)
	if err != nil {
		return m, err
	}
	if m.Name == "" {
		return m, core.Invalid("error.required").At("name")
	}
	if k.Packs().Type(m.Type) == nil {
		return m, core.Invalid("error.unknown_type", "type", m.Type).At("type")
	}
	box, err := sealFor(ring, m)
	if err != nil {
		return m, err
	}
	err = k.write(ctx, a, func(v *view, u *unit) error {
		if m.ID == "" {
			m.ID = core.NewIDAt(timeOf(u.at))
		} else if old, err := v.Mapping(string(m.ID)); err != nil {
			return err
		} else if old.Person != string(a.Person) {
			return core.NotFound()
		}
		return v.PutMapping(store.Mapping{ID: string(m.ID), Person: string(a.Person), Name: clip(m.Name, 120), Type: m.Type,
			Body: base64.StdEncoding.EncodeToString(box), At: u.at})
	})
	return m, err
}

// Mappings lists the actor's mappings by name.
func (k *Kernel) Mappings(ctx context.Context, a core.Actor) ([]Mapping, error) {
	var out []Mapping
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.MappingsOf(string(a.Person), nil)
		if err != nil {
			return err
		}
		out = make([]Mapping, 0, len(rows))
		for _, row := range rows {
			m := Mapping{}
			box, err := base64.StdEncoding.DecodeString(row.Body)
			if err == nil {
				err = openFor(v.ring, box, &m)
			}
			if err != nil {
				return core.Internal(err)
			}
			m.ID, m.Name, m.Type = core.ID(row.ID), row.Name, row.Type
			out = append(out, m)
		}
		return nil
	})
	return out, err
}

// MappingDelete removes a mapping of the actor.
func (k *Kernel) MappingDelete(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, _ *unit) error {
		row, err := v.Mapping(string(id))
		if err != nil {
			return err
		}
		if row.Person != string(a.Person) {
			return core.NotFound()
		}
		return v.DeleteMapping(row.ID)
	})
}
