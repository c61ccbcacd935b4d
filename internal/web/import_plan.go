package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

// The wizard keeps nothing on the server but the sealed file: what has been
// decided goes from page to page in the posted form, never in an address,
// because a corrected term quotes a cell.
//
//	type, circle, source, reason, skipdoubt
//	enc, sep, sheet, header, total, order, noquotes   how the file is read
//	as                                                the same, when columns were mapped
//	c.<i>=field or field@lang  h.<i>=heading  o.<i>=order of dates
//	t.<i>.<n>=cell text  u.<i>.<n>=term, "@skip" or ""
const (
	maxImportColumns = 2000
	skipTerm         = "@skip"
)

func parseImportPlan(stage core.ID, in url.Values) kernel.ImportPlan {
	p := kernel.ImportPlan{Stage: stage, Type: in.Get("type"), Circle: core.ID(in.Get("circle")), Options: parseSheetOptions(in),
		Source: strings.TrimSpace(in.Get("source")), Reason: strings.TrimSpace(in.Get("reason")), SkipDoubt: in.Get("skipdoubt") == "1"}
	if in.Get("as") != optionsMark(p.Options) {
		return p // the columns were those of another reading
	}
	for i := range maxImportColumns {
		at := strconv.Itoa(i)
		if !in.Has("c." + at) {
			break
		}
		c := kernel.ColumnPlan{Index: i, Heading: in.Get("h." + at), Order: in.Get("o." + at)}
		c.Field, c.Lang, _ = strings.Cut(in.Get("c."+at), "@")
		if strings.HasPrefix(in.Get("c."+at), "@") {
			c.Field, c.Lang = in.Get("c."+at), ""
		}
		c.Terms = parseTerms(at, in)
		p.Columns = append(p.Columns, c)
	}
	return p
}

func parseTerms(column string, in url.Values) map[string]string {
	out := map[string]string{}
	for n := 0; ; n++ {
		at := column + "." + strconv.Itoa(n)
		if !in.Has("t." + at) {
			return out
		}
		switch code := strings.TrimSpace(in.Get("u." + at)); code {
		case "":
		case skipTerm:
			out[in.Get("t."+at)] = ""
		default:
			out[in.Get("t."+at)] = code
		}
	}
}

func parseSheetOptions(in url.Values) sheet.Options {
	o := sheet.Options{Encoding: in.Get("enc"), Separator: in.Get("sep"), Sheet: in.Get("sheet"),
		KeepTotal: in.Get("total") == "1", NoQuotes: in.Get("noquotes") == "1"}
	if o.Separator == "tab" {
		o.Separator = "\t"
	}
	if n, err := strconv.Atoi(in.Get("header")); err == nil {
		o.HeaderRow = n
	}
	switch in.Get("order") {
	case "dmy":
		o.DateOrder = core.OrderDayMonth
	case "mdy":
		o.DateOrder = core.OrderMonthDay
	}
	return o
}

// optionsMark tells one reading of a file from another.
func optionsMark(o sheet.Options) string {
	b, err := json.Marshal(o)
	if err != nil {
		return ""
	}
	return string(b)
}

// planValues is a plan as a form carries it.
func planValues(p kernel.ImportPlan) url.Values {
	out := optionValues(p.Options)
	set := func(name, value string) {
		if value != "" {
			out.Set(name, value)
		}
	}
	set("type", p.Type)
	set("circle", string(p.Circle))
	out.Set("source", p.Source)
	set("reason", p.Reason)
	if p.SkipDoubt {
		out.Set("skipdoubt", "1")
	}
	for _, c := range p.Columns {
		at := strconv.Itoa(c.Index)
		out.Set("c."+at, columnChoice(c))
		set("h."+at, c.Heading)
		set("o."+at, c.Order)
		texts := make([]string, 0, len(c.Terms))
		for text := range c.Terms {
			texts = append(texts, text)
		}
		slices.Sort(texts)
		for n, text := range texts {
			of := at + "." + strconv.Itoa(n)
			out.Set("t."+of, text)
			if out.Set("u."+of, c.Terms[text]); c.Terms[text] == "" {
				out.Set("u."+of, skipTerm)
			}
		}
	}
	if len(p.Columns) > 0 {
		out.Set("as", optionsMark(p.Options))
	}
	return out
}

func optionValues(o sheet.Options) url.Values {
	out := url.Values{}
	set := func(name, value string, is bool) {
		if is {
			out.Set(name, value)
		}
	}
	set("enc", o.Encoding, o.Encoding != "")
	set("sep", o.Separator, o.Separator != "")
	if o.Separator == "\t" {
		out.Set("sep", "tab")
	}
	set("sheet", o.Sheet, o.Sheet != "")
	set("header", strconv.Itoa(o.HeaderRow), o.HeaderRow != 0)
	set("total", "1", o.KeepTotal)
	set("noquotes", "1", o.NoQuotes)
	set("order", "dmy", o.DateOrder == core.OrderDayMonth)
	set("order", "mdy", o.DateOrder == core.OrderMonthDay)
	return out
}

// columnChoice is the value of the select of a column.
func columnChoice(c kernel.ColumnPlan) string {
	if c.Lang != "" {
		return c.Field + "@" + c.Lang
	}
	return c.Field
}
