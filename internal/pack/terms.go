package pack

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

// MaxLevels is how deep a vocabulary may be: HURIDOCS codes have six levels of
// two digits.
const MaxLevels = 6

// termColumns are the columns of a term file, in any order. Further labels and
// notes are allowed in columns named by a language code: uk, about_uk. Aliases
// are other words for the term, separated by "|".
var termColumns = []string{"code", "parent", "interop", "ru", "en", "about_ru", "about_en",
	"lat", "lon", "hidden", "kind", "mt15", "aliases", "note"}

var (
	termCode    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
	interopCode = regexp.MustCompile(`^[0-9]{12}$`)
	labelColumn = regexp.MustCompile(`^(about_)?[a-z]{2}$`)
)

// termFile reads one term file.
type termFile struct {
	pack, file string
	columns    []string
	problems   Problems
}

// report adds a problem about a row; code names the term, once it is known.
func (t *termFile) report(line int, code string, p Problem) {
	p.Pack, p.File, p.Line = t.pack, t.file, line
	if code != "" {
		p.Where = "term " + strconv.Quote(code)
	}
	t.problems = append(t.problems, p)
}

// readTermFile reads terms/<list>.csv: comma-separated UTF-8 with a header. It
// returns every row that could be read, and what is wrong.
func readTermFile(pack, file string, data []byte) ([]core.Term, Problems) {
	t := &termFile{pack: pack, file: file}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		t.report(1, "", Problem{Message: "pack.missing_header", Expected: strings.Join(termColumns[:5], ", ")})
		return nil, t.problems
	}
	if !t.header(header) {
		return nil, t.problems
	}
	var terms []core.Term
	lines := map[string]int{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			t.report(broken.Line, "", Problem{Message: "pack.syntax"})
			break
		}
		line, _ := r.FieldPos(0)
		if len(row) != len(header) {
			t.report(line, row[0], Problem{Message: "pack.row_width", Found: strconv.Itoa(len(row)), Expected: strconv.Itoa(len(header))})
			continue
		}
		term := t.row(row, line)
		if first := lines[term.Code]; first > 0 {
			t.report(line, term.Code, Problem{Message: "pack.duplicate", Key: "code", Found: term.Code})
			continue
		}
		lines[term.Code] = line
		terms = append(terms, term)
	}
	for _, f := range termFaults(terms) {
		t.report(lines[f.code], f.code, f.Problem)
	}
	slices.SortStableFunc(t.problems, func(a, b Problem) int { return a.Line - b.Line })
	return terms, t.problems
}

// header checks the column names.
func (t *termFile) header(row []string) bool {
	for _, name := range row {
		switch {
		case slices.Contains(t.columns, name):
			t.report(1, "", Problem{Message: "pack.duplicate_key", Found: name})
		case !slices.Contains(termColumns, name) && !labelColumn.MatchString(name):
			t.report(1, "", Problem{Message: "pack.unknown_key", Found: name,
				Expected: strings.Join(termColumns, ", "), Near: nearest(name, termColumns)})
		}
		t.columns = append(t.columns, name)
	}
	for _, need := range [...]string{"code", "ru", "en"} {
		if !slices.Contains(row, need) {
			t.report(1, "", Problem{Message: "pack.missing_key", Key: need})
		}
	}
	return len(t.problems) == 0
}

// row reads one term.
func (t *termFile) row(row []string, line int) core.Term {
	term := core.Term{Label: core.Words{}}
	var mt15 string
	cells := map[string]string{}
	for i, name := range t.columns {
		cells[name] = strings.TrimSpace(row[i])
	}
	term.Code = cells["code"]
	for _, name := range t.columns {
		v := cells[name]
		switch name {
		case "code", "note":
		case "parent":
			term.Parent = v
		case "interop":
			term.Interop = v
		case "mt15":
			mt15 = v
		case "aliases":
			term.Aliases = aliasList(v)
		case "kind":
			term.Kind = v
		case "hidden":
			if !slices.Contains([]string{"", "0", "1", "no", "yes", "true", "false"}, v) {
				t.report(line, term.Code, Problem{Message: "pack.unknown_value", Key: name, Found: v, Expected: "yes, no"})
			}
			term.Hidden = v == "1" || v == "yes" || v == "true"
		case "lat":
			term.Lat = t.degrees(line, term.Code, name, v, 90)
		case "lon":
			term.Lon = t.degrees(line, term.Code, name, v, 180)
		default:
			if lang, about := strings.CutPrefix(name, "about_"); !about && v != "" {
				term.Label[name] = v
			} else if about && v != "" {
				if term.About == nil {
					term.About = core.Words{}
				}
				term.About[lang] = v
			}
		}
	}
	if term.Interop == "" {
		term.Interop = mt15
	}
	for _, need := range [...]string{"ru", "en"} {
		if cells[need] == "" {
			t.report(line, term.Code, Problem{Message: "pack.missing_language", Key: "label", Expected: need})
		}
	}
	return term
}

// aliasList splits the cell aliases: words separated by "|".
func aliasList(cell string) []string {
	var list []string
	for _, a := range strings.Split(cell, "|") {
		if a = strings.TrimSpace(a); a != "" {
			list = append(list, a)
		}
	}
	return list
}

// degrees reads a coordinate; an empty cell is 0.
func (t *termFile) degrees(line int, code, column, v string, limit float64) float64 {
	if v == "" {
		return 0
	}
	d, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(d) || math.Abs(d) > limit {
		t.report(line, code, Problem{Message: "pack.expect_degrees", Key: column, Found: v,
			Expected: strconv.FormatFloat(limit, 'f', -1, 64)})
		return 0
	}
	return d
}

// termFault is a problem of one term, wherever the term came from.
type termFault struct {
	code string
	Problem
}

// termFaults checks a list of terms as a whole: form of codes, order, depth,
// and that interoperability codes agree with the hierarchy.
func termFaults(terms []core.Term) []termFault {
	var faults []termFault
	level := map[string]int{}
	interop := map[string]string{}
	owner := map[string]string{}
	fault := func(code string, p Problem) { faults = append(faults, termFault{code, p}) }
	for _, term := range terms {
		c := term.Code
		if !termCode.MatchString(c) {
			fault(c, Problem{Message: "pack.bad_form", Key: "code", Found: c, Expected: termCode.String()})
			continue
		}
		if _, known := level[term.Parent]; term.Parent != "" && !known {
			message := "pack.unknown_parent"
			if slices.ContainsFunc(terms, func(t core.Term) bool { return t.Code == term.Parent }) {
				message = "pack.parent_later"
			}
			fault(c, Problem{Message: message, Key: "parent", Found: term.Parent})
		}
		level[c] = level[term.Parent] + 1
		if level[c] == MaxLevels+1 {
			fault(c, Problem{Message: "pack.too_deep", Key: "parent", Found: strconv.Itoa(level[c]), Expected: strconv.Itoa(MaxLevels)})
		}
		if term.Interop == "" {
			continue
		}
		if !interopCode.MatchString(term.Interop) {
			fault(c, Problem{Message: "pack.bad_form", Key: "interop", Found: term.Interop, Expected: interopCode.String()})
			continue
		}
		if other := owner[term.Interop]; other != "" {
			fault(c, Problem{Message: "pack.duplicate", Key: "interop", Found: term.Interop})
		}
		if above := interop[term.Parent]; above != "" && !below(above, term.Interop) {
			fault(c, Problem{Message: "pack.interop_parent", Key: "interop", Found: term.Interop, Expected: digits(above) + "…"})
		}
		interop[c], owner[term.Interop] = term.Interop, c
	}
	return faults
}

// digits is a 12-digit code without the empty levels at its end.
func digits(code string) string {
	for strings.HasSuffix(code, "00") && len(code)%2 == 0 {
		code = code[:len(code)-2]
	}
	return code
}

// below reports whether an interoperability code stands under another one.
func below(parent, code string) bool {
	return parent != code && strings.HasPrefix(code, digits(parent))
}
