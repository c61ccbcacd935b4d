package form

import (
	"net/url"

	"svod/internal/core"
)

// EncodeForm writes values as a browser would send them. Every field that is
// in values is there, empty ones by their missing reason, so that DecodeForm of
// it gives the same values. Fields that the kernel fills are left out.
func EncodeForm(t *core.Type, values core.Values) url.Values {
	out := url.Values{}
	for i := range t.Fields {
		f := &t.Fields[i]
		v, ok := values[f.Key]
		if !ok || f.Auto != "" {
			continue
		}
		out.Set(MissingName(f.Key), string(v.Missing))
		if asList(f) && !anyClarified(v) {
			for _, it := range v.Items {
				out.Add(ListName(f.Key), it.Term)
			}
			continue
		}
		for row, it := range v.Items {
			for part, s := range itemParts(f.Kind, it) {
				if s != "" {
					out.Set(InputName(f.Key, row, part), s)
				}
			}
		}
	}
	return out
}

// asList reports whether the field is a list of ticks rather than rows.
func asList(f *core.Field) bool {
	return f.Kind == core.FieldTerm && f.Many && !f.Clarify
}

func anyClarified(v core.Value) bool {
	for _, it := range v.Items {
		if it.Clarify != "" {
			return true
		}
	}
	return false
}

// itemParts is the inverse of fieldDecoder.item.
func itemParts(kind core.FieldKind, it core.Item) map[string]string {
	p := map[string]string{partClarify: it.Clarify}
	switch kind {
	case core.FieldText:
		p[partText] = it.Text
	case core.FieldNote:
		for lang, s := range it.Note {
			p[partNote+"."+lang] = s
		}
	case core.FieldTerm:
		p[partTerm] = it.Term
	case core.FieldDate:
		if it.Date != nil {
			p[partDate] = it.Date.String()
		}
	case core.FieldNumber:
		numberParts(p, it.Number)
	case core.FieldMoney:
		if m := it.Money; m != nil {
			p[partAmount], p[partCurrency], p[partAbout] = writeAmount(*m), m.Currency, tick(m.About)
		}
	case core.FieldPlace:
		placeParts(p, it.Place)
	case core.FieldName:
		if n := it.Name; n != nil {
			p[partFull], p[partFamily], p[partGiven], p[partPatronymic] = n.Full, n.Family, n.Given, n.Patronymic
			p[partScript], p[partUse] = n.Script, n.Use
		}
	case core.FieldContact:
		if c := it.Contact; c != nil {
			p[partChannel], p[partValue] = c.Channel, c.Value
		}
	case core.FieldLink:
		p[partLink] = string(it.Link)
	case core.FieldFile:
		if it.File != nil {
			p[partFile] = string(it.File.ID)
		}
	case core.FieldYesNo:
		if it.Yes != nil {
			p[partYes] = "no"
			if *it.Yes {
				p[partYes] = "yes"
			}
		}
	}
	return p
}

func numberParts(p map[string]string, n *core.Number) {
	if n == nil {
		return
	}
	p[partNumber], p[partAbout] = writeNumber(n.Value), tick(n.About)
	if n.Max != nil {
		p[partMax] = writeNumber(*n.Max)
	}
}

func placeParts(p map[string]string, pl *core.Place) {
	if pl == nil {
		return
	}
	p[partCode], p[partLocal], p[partPrecision] = pl.Code, pl.Local, string(pl.Precision)
	if pl.Lat != nil {
		p[partLat] = writeNumber(*pl.Lat)
	}
	if pl.Lon != nil {
		p[partLon] = writeNumber(*pl.Lon)
	}
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}
