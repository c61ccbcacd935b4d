package web

import (
	"net/http"
	"slices"

	"svod/internal/core"
	"svod/internal/kernel"
)

// recordPage is a record of any type; Event adds what only events have.
type recordPage struct {
	Frame
	Head recordHead
	// Old is the number of an earlier version that is shown, 0 for the current.
	Old        int
	OldRestore string
	OldNote    string
	Groups     []fieldGroup
	Keeping    fieldGroup // who keeps the record, beside the rest
	Empty      []shownField
	EmptyWhy   []emptyCount
	Links      []linkGroup
	Add        []addLink
	Files      []shownFile
	Event      *eventView
}

// fieldGroup is a section with its filled fields.
type fieldGroup struct {
	Key    string
	Label  Wording
	Fields []shownField
}

// emptyCount is how many fields are empty for one reason.
type emptyCount struct {
	Reason string
	Count  int
}

// linkGroup is the records that link here by one field.
type linkGroup struct {
	Label         Wording
	Rows          []linkRow
	Add, AddLabel string
}

// linkRow is the other end of a link.
type linkRow struct {
	endpoint
	Cells []listCell
}

// addLink makes a part that the record has none of yet.
type addLink struct{ Label, URL string }

// recordShow is the page of a record.
func (s *Server) recordShow(v *visit) error {
	o, err := v.record()
	if err != nil {
		return err
	}
	page, err := v.recordPage(o)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "record", page)
}

func (v *visit) recordPage(o openedRecord) (recordPage, error) {
	p := recordPage{Frame: v.frameOf(o), Head: o.head}
	links, err := v.s.kernel.Links(v.ctx, v.actor, o.ID)
	if err != nil {
		return p, err
	}
	w := v.writer(links)
	if err := v.readFiles(w, o.Record); err != nil {
		return p, err
	}
	v.fields(&p, o, w)
	if o.Type == typeEvent && v.s.kernel.Packs().Type(typeAct) != nil {
		if p.Event, err = v.eventView(o, links); err != nil {
			return p, err
		}
	}
	if err := v.learnOwners(w, links); err != nil {
		return p, err
	}
	v.linkGroups(&p, o, links, w)
	return p, nil
}

// readFiles learns the names of the files of a record.
func (v *visit) readFiles(w *valueWriter, r core.Record) error {
	w.record, w.files = r.ID, map[core.ID]kernel.FileInfo{}
	list, err := v.s.kernel.Files(v.ctx, v.actor, r.ID)
	for _, f := range list {
		w.files[f.ID] = f
	}
	return err
}

// fields sorts the values into the groups of the type, the empty ones apart.
func (v *visit) fields(p *recordPage, o openedRecord, w *valueWriter) {
	groups := append([]core.Group{{}}, o.typ.Groups...)
	reasons := map[core.Missing]int{}
	for _, g := range groups {
		fg := fieldGroup{Key: g.Key, Label: wordingIn(g.Label, v.lang)}
		for i := range o.typ.Fields {
			f := &o.typ.Fields[i]
			if f.Group != g.Key || f.Link != nil && f.Link.Owner {
				continue
			}
			val, locked := o.Values[f.Key], slices.Contains(o.Locked, f.Key)
			shown := w.field(f, val, locked)
			switch {
			case len(val.Items) == 0 && !locked:
				if f.Auto == "" {
					reasons[val.Missing]++
					p.Empty = append(p.Empty, shown)
				}
			case f.Kind == core.FieldFile:
				for _, it := range shown.Items {
					if it.File != nil && !it.File.Lost {
						p.Files = append(p.Files, *it.File)
					}
				}
			case !v.saidByTitle(o.typ, f, val):
				fg.Fields = append(fg.Fields, shown)
			}
		}
		if g.Key == groupManagement {
			p.Keeping = fg
		} else {
			p.Groups = append(p.Groups, fg)
		}
	}
	for _, m := range append(core.MissingReasons(), "") {
		if n := reasons[m]; n > 0 {
			key := "form.missing." + string(m)
			if m == "" {
				key = "record.no_reason"
			}
			p.EmptyWhy = append(p.EmptyWhy, emptyCount{v.T(key), n})
		}
	}
}

// saidByTitle reports whether the page's heading already says all of a field.
func (v *visit) saidByTitle(t *core.Type, f *core.Field, val core.Value) bool {
	return len(t.Title) > 0 && t.Title[0] == f.Key && len(val.Items) == 1 &&
		(f.Kind == core.FieldText || f.Kind == core.FieldNote && len(val.First().Note) == 1)
}

// linkGroups shows what links here under the headings the link fields give, and
// offers the parts that can be added.
func (v *visit) linkGroups(p *recordPage, o openedRecord, links []kernel.Linked, w *valueWriter) {
	for _, from := range v.s.kernel.Packs().Linking(o.Type) {
		if p.Event != nil && shownAsAct(from.Type.Name, from.Field.Key) {
			continue
		}
		g := linkGroup{Label: wordingIn(from.Field.Link.Inverse, v.lang)}
		for _, l := range links {
			if l.Incoming && l.Record.Type == from.Type.Name && l.Field == from.Field.Key {
				g.Rows = append(g.Rows, v.linkRow(from.Type, from.Field, l.Record, w))
			}
		}
		if from.Field.Link.Owner && o.head.Edit != "" {
			g.Add = recordPartURL(from.Type.Name, from.Field.Key, o.ID)
			g.AddLabel = v.T("record.add")
			if len(g.Rows) == 0 {
				p.Add = append(p.Add, addLink{from.Type.Label.In(v.lang), g.Add})
			}
		}
		if len(g.Rows) > 0 {
			p.Links = append(p.Links, g)
		}
	}
}

// learnOwners learns the titles of what the linking records are part of: on a
// person's page an act is told by its event, an involvement by its act.
func (v *visit) learnOwners(w *valueWriter, links []kernel.Linked) error {
	var ids []core.ID
	for _, l := range links {
		if id := v.ownerOf(l.Record); l.Incoming && id != "" && w.titles[id].URL == "" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := v.s.kernel.Records(v.ctx, v.actor, ids)
	for _, r := range found {
		w.titles[r.ID] = endpoint{Title: wordingIn(r.Title, v.lang), Type: v.typeLabel(r.Type), URL: recordURL(r.ID)}
	}
	return err
}

// ownerOf is what a record is part of, "" when of nothing.
func (v *visit) ownerOf(s kernel.Summary) core.ID {
	t := v.s.kernel.Packs().Type(s.Type)
	if t == nil || t.OwnerField() == nil {
		return ""
	}
	return s.Values[t.OwnerField().Key].First().Link
}

// linkRow is one linking record. One whose title is borrowed from this very
// page (an involvement is called by its perpetrator) is called by what it is
// part of instead.
func (v *visit) linkRow(t *core.Type, by *core.Field, s kernel.Summary, w *valueWriter) linkRow {
	row := linkRow{endpoint: v.endpointOf(s)}
	if t.Part {
		row.Type = ""
	}
	if own := t.OwnerField(); own != nil && own.Key != by.Key {
		if end, ok := w.titles[s.Values[own.Key].First().Link]; ok {
			if len(t.Title) > 0 && t.Title[0] == by.Key {
				row.Title = end.Title
			} else {
				row.Cells = append(row.Cells, w.cell(own, s.Values[own.Key]))
			}
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if v.column(t, f) && f.Key != by.Key && len(s.Values[f.Key].Items) > 0 {
			row.Cells = append(row.Cells, w.cell(f, s.Values[f.Key]))
		}
	}
	return row
}
