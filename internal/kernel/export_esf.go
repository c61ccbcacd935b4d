package kernel

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/sheet"
	"svod/internal/store"
)

// withParts adds to the records of an export what belongs to them: first, step
// by step, the parts (the acts of an event, the involvements and details of an
// act), then the records that any of these name (people, sources). Only what is
// in scope; the result is grouped by type, in menu order.
func (v *view) withParts(ordinals []uint32) ([]uint32, error) {
	have := map[string]store.Record{}
	var ring []string
	add := func(fs []found) {
		ring = ring[:0]
		for _, f := range fs {
			if _, seen := have[f.ID]; !seen && f.State == store.StateActive {
				have[f.ID] = f.Record
				ring = append(ring, f.ID)
			}
		}
	}
	rows, err := v.RecordsByOrdinal(ordinals)
	if err != nil {
		return nil, err
	}
	fs, err := v.admit(rows)
	if err != nil {
		return nil, err
	}
	for add(fs); len(ring) > 0; add(fs) {
		if fs, err = v.ownedBy(ring); err != nil {
			return nil, err
		}
	}
	if fs, err = v.namedBy(have); err != nil {
		return nil, err
	}
	add(fs)
	return v.byType(have, ordinals), nil
}

// ownedBy are the records whose owner is one of the given.
func (v *view) ownedBy(owners []string) ([]found, error) {
	links, err := v.LinksTo(owners)
	if err != nil {
		return nil, err
	}
	fields := map[core.ID][]string{}
	ids := make([]core.ID, 0, len(links))
	for _, l := range links {
		id := core.ID(l.Source)
		fields[id] = append(fields[id], l.Field)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	fs, err := v.findMany(slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(fs, func(f found) bool {
		t := v.k.Packs().Type(f.Type)
		owner := (*core.Field)(nil)
		if t != nil {
			owner = t.OwnerField()
		}
		return owner == nil || !slices.Contains(fields[core.ID(f.ID)], owner.Key)
	}), nil
}

// namedBy are the records that those of the export link to.
func (v *view) namedBy(have map[string]store.Record) ([]found, error) {
	sources := make([]string, 0, len(have))
	for id := range have {
		sources = append(sources, id)
	}
	links, err := v.LinksFrom(sources)
	if err != nil {
		return nil, err
	}
	ids := make([]core.ID, len(links))
	for i, l := range links {
		ids[i] = core.ID(l.Target)
	}
	slices.Sort(ids)
	return v.findMany(slices.Compact(ids))
}

// byType orders records by type, those that were asked for in their own order
// and before the others.
func (v *view) byType(have map[string]store.Record, asked []uint32) []uint32 {
	place := make(map[uint32]int, len(asked))
	for i, o := range asked {
		place[o] = i
	}
	typeAt := map[string]int{}
	for i, t := range v.k.Packs().Types() {
		typeAt[t.Name] = i
	}
	rows := make([]store.Record, 0, len(have))
	for _, r := range have {
		rows = append(rows, r)
	}
	rank := func(r store.Record) int {
		if i, ok := place[r.Ordinal]; ok {
			return i
		}
		return len(asked) + int(r.Ordinal)
	}
	slices.SortFunc(rows, func(a, b store.Record) int {
		if a.Type != b.Type {
			return typeAt[a.Type] - typeAt[b.Type]
		}
		return rank(a) - rank(b)
	})
	out := make([]uint32, len(rows))
	for i, r := range rows {
		out[i] = r.Ordinal
	}
	return out
}

// esfWriter writes a zip with one coded table per type, named by the number of
// its format ("01_event.csv"), and a list of the tables. Columns are called by
// field numbers; fields without an official number by "x_" and their key.
type esfWriter struct {
	e       *exporter
	zip     *zip.Writer
	typ     string
	columns []column
	csv     *sheet.CSVWriter
	rows    int
	index   [][]string
}

func (e *exporter) newESF(_ *view, w io.Writer) (recordWriter, error) {
	return &esfWriter{e: e, zip: zip.NewWriter(w)}, nil
}

func (z *esfWriter) record(r *core.Record, links map[core.ID]core.Words) error {
	if r.Type != z.typ {
		if err := z.next(r.Type); err != nil {
			return err
		}
	}
	cells := make([]string, len(z.columns))
	for i, c := range z.columns {
		cells[i] = c.cell(r, links).Text
	}
	z.rows++
	return z.csv.Write(cells)
}

// next ends a table and starts that of another type.
func (z *esfWriter) next(typ string) error {
	if err := z.endTable(); err != nil {
		return err
	}
	t := z.e.k.Packs().Type(typ)
	number := strings.TrimSuffix(t.Number, "xx")
	name := strings.Trim(number+"_"+t.Name, "_") + ".csv"
	f, err := z.zip.Create(name)
	if err != nil {
		return err
	}
	if z.csv, err = sheet.NewCSVWriter(f, sheet.CSVOptions{Separator: ","}); err != nil {
		return err
	}
	z.typ, z.rows, z.columns = typ, 0, z.e.esfColumns(t)
	z.index = append(z.index, []string{name, t.Number, t.Label.In(z.e.plan.Lang), ""})
	return z.csv.Write(headings(z.columns))
}

func (z *esfWriter) endTable() error {
	if z.csv == nil {
		return nil
	}
	z.index[len(z.index)-1][3] = strconv.Itoa(z.rows)
	z.e.tell(z.csv.Notes())
	return z.csv.Flush()
}

func (z *esfWriter) close() error {
	if err := z.endTable(); err != nil {
		return err
	}
	var b bytes.Buffer
	c, err := sheet.NewCSVWriter(&b, sheet.CSVOptions{Separator: ","})
	if err != nil {
		return err
	}
	for _, row := range append([][]string{{"file", "format", "name", "records"}}, z.index...) {
		if err := c.Write(row); err != nil {
			return err
		}
	}
	if err := c.Flush(); err != nil {
		return err
	}
	f, err := z.zip.Create("index.csv")
	if err == nil {
		_, err = f.Write(b.Bytes())
	}
	if err != nil {
		return err
	}
	return z.zip.Close()
}

func esfName(f *core.Field) string {
	if f.Number == "" || f.Extension {
		return "x_" + f.Key
	}
	return f.Number
}

// esfColumns lays out a type as the Events Standard Formats do: a date is a full
// date with a type of date (MT48), a term its code with the number of its list.
// What that loses stands beside it: the date in EDTF, the local name of a place,
// the clarifying note.
func (e *exporter) esfColumns(t *core.Type) []column {
	out := []column{{headingID, func(r *core.Record, _ map[core.ID]core.Words) sheet.Cell { return sheet.Cell{Text: string(r.ID)} }}}
	for _, f := range e.fields(t) {
		name := esfName(f)
		add := func(heading string, text func(it core.Item) string) {
			out = append(out, column{heading, func(r *core.Record, _ map[core.ID]core.Words) sheet.Cell {
				var parts []string
				for _, it := range r.Values[f.Key].Items {
					parts = append(parts, text(it))
				}
				if strings.Join(parts, "") == "" {
					return sheet.Cell{}
				}
				return sheet.Cell{Text: joinItems(parts)}
			}})
		}
		switch f.Kind {
		case core.FieldDate:
			add(name, func(it core.Item) string { date, _ := huridocs(it); return date })
			add(name+"_type", func(it core.Item) string { _, kind := huridocs(it); return kind })
			add(name+"_edtf", func(it core.Item) string {
				if it.Date == nil {
					return ""
				}
				return it.Date.String()
			})
		case core.FieldTerm:
			add(name, func(it core.Item) string { return e.esfCode(f.Vocabulary, it.Term) })
		case core.FieldPlace:
			place := func(it core.Item) core.Place {
				if it.Place == nil {
					return core.Place{}
				}
				return *it.Place
			}
			add(name, func(it core.Item) string { return e.esfCode(f.Vocabulary, place(it).Code) })
			add(name+"_local", func(it core.Item) string { return place(it).Local })
		case core.FieldLink:
			out = append(out, column{name, func(r *core.Record, _ map[core.ID]core.Words) sheet.Cell {
				ids := linkTargets(t, core.Values{f.Key: r.Values[f.Key]})
				parts := make([]string, len(ids))
				for i, id := range ids {
					parts[i] = string(id)
				}
				return sheet.Cell{Text: joinItems(parts)}
			}})
		case core.FieldNote:
			add(name, func(it core.Item) string { return it.Note.In(e.plan.Lang) })
		case core.FieldFile:
			add(name, func(it core.Item) string {
				if it.File == nil {
					return ""
				}
				return string(it.File.ID)
			})
		default:
			add(name, func(it core.Item) string { return e.itemText(f, it, nil) })
		}
		if f.Clarify {
			add(name+"_note", func(it core.Item) string { return it.Clarify })
		}
	}
	return out
}

// huridocs is a date as ESF keeps it; a range by its start, since the end has a
// field of its own there.
func huridocs(it core.Item) (date, kind string) {
	if it.Date == nil {
		return "", ""
	}
	return it.Date.Start().HURIDOCS()
}

// esfCode is a term as other systems know it: the number of the list and its 12
// digits. Terms that the official lists lack keep our code behind "x:".
func (e *exporter) esfCode(vocabulary, code string) string {
	if code == "" {
		return ""
	}
	t := e.k.Packs().Term(vocabulary, code)
	v := e.k.Packs().Vocabulary(vocabulary)
	if t == nil || v == nil || t.Interop == "" {
		return "x:" + code
	}
	return v.List + t.Interop
}
