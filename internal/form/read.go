package form

import (
	"math"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Reading the parts of one item. Blank parts are nothing, never an error.

func noteOf(p map[string]string) core.Words {
	w := core.Words{}
	for part, s := range p {
		if lang, ok := strings.CutPrefix(part, partNote+"."); ok && s != "" {
			w[lang] = s
		}
	}
	return w
}

func nameOf(p map[string]string) *core.Name {
	return &core.Name{
		Full: p[partFull], Family: p[partFamily], Given: p[partGiven], Patronymic: p[partPatronymic],
		Script: line(p[partScript]), Use: line(p[partUse]),
	}
}

// code takes a code as it is, and words as the one term that is called so.
func (d *fieldDecoder) code(s, unknown string) string {
	s = line(s)
	if s == "" || d.terms == nil {
		return s
	}
	codes := d.terms.TermsCalled(d.field.Vocabulary, s, false)
	switch len(codes) {
	case 1:
		return codes[0]
	case 0:
		d.fail(core.Invalid(unknown))
	default:
		d.fail(core.Invalid("form.term_several", "count", len(codes)))
	}
	return ""
}

func (d *fieldDecoder) date(s string) *core.Date {
	s = line(s)
	if s == "" {
		return nil
	}
	date, err := readDate(s)
	if err != nil {
		d.fail(err)
		return nil
	}
	return &date
}

// readDate accepts EDTF as it stands, then what people write.
func readDate(s string) (core.Date, *core.Error) {
	if date, err := core.ParseDate(s); err == nil {
		return date, nil
	}
	date, _, err := core.ParseHumanDate(s, core.HumanDateOptions{})
	if err != nil {
		return date, asError(err)
	}
	return date, nil
}

// asError keeps an error for people and turns any other into "internal".
func asError(err error) *core.Error {
	if e, ok := err.(*core.Error); ok {
		return e
	}
	return core.Internal(err)
}

func (d *fieldDecoder) number(p map[string]string) *core.Number {
	value, max := line(p[partNumber]), line(p[partMax])
	if value == "" {
		if max != "" {
			d.fail(core.Invalid("form.number_from"))
		}
		return nil
	}
	n := core.Number{About: isYes(p[partAbout])}
	var err *core.Error
	if n.Value, err = readNumber(value); err != nil {
		d.fail(err)
		return nil
	}
	if max != "" {
		upper, err := readNumber(max)
		if err != nil {
			d.fail(err)
			return nil
		}
		n.Max = &upper
	}
	return &n
}

func (d *fieldDecoder) money(p map[string]string) *core.Money {
	amount := line(p[partAmount])
	if amount == "" {
		return nil
	}
	m := core.Money{Currency: strings.ToUpper(line(p[partCurrency])), About: isYes(p[partAbout])}
	if !knownCurrency(m.Currency) {
		d.fail(core.Invalid("form.currency"))
		return nil
	}
	var err *core.Error
	if m.Minor, err = readAmount(amount, m.Currency); err != nil {
		d.fail(err)
		return nil
	}
	return &m
}

func (d *fieldDecoder) place(p map[string]string) *core.Place {
	return &core.Place{
		Code: d.code(p[partCode], "form.place_unknown"), Local: p[partLocal],
		Lat: d.degrees(p[partLat]), Lon: d.degrees(p[partLon]),
		Precision: core.PlacePrecision(line(p[partPrecision])),
	}
}

func (d *fieldDecoder) degrees(s string) *float64 {
	s = strings.Replace(strings.Replace(line(s), ",", ".", 1), "−", "-", 1)
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		d.fail(core.Invalid("form.point_number"))
		return nil
	}
	return &v
}

// link takes the chosen record; words without a choice become a Find.
func (d *fieldDecoder) link(p map[string]string) core.ID {
	if id := line(p[partLink]); id != "" {
		return core.ID(id)
	}
	if words := line(p[partFind]); words != "" {
		d.out.Finds = append(d.out.Finds, Find{Field: d.field.Key, Row: d.row, Words: words})
		d.fail(core.Invalid("form.link_choose"))
	}
	return ""
}

func (d *fieldDecoder) yesNo(s string) *bool {
	switch line(s) {
	case "":
		return nil
	case "yes":
		v := true
		return &v
	case "no":
		v := false
		return &v
	}
	d.fail(core.Invalid("form.choice"))
	return nil
}

func isYes(s string) bool { return s == "1" || s == "on" || s == "yes" || s == "true" }
