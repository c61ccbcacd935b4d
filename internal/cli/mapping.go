package cli

import (
	"bytes"
	"os"
	"strings"

	"github.com/goccy/go-yaml"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
	"svod/internal/text"
)

// mapping is the file of `svod import --map`:
//
//	type: event                # optional, checked against --type
//	source: ovd-2012           # optional, as --source
//	encoding: windows-1251     # optional, as are separator, sheet and header_row
//	columns:                   # columns that are not named here are left out
//	  - heading: Id
//	    field: "@id"           # the identifier in the list
//	  - heading: description
//	    field: title
//	    lang: ru               # of a note
//	  - heading: Форма
//	    field: assembly_form
//	    terms: {сходка: gathering}
type mapping struct {
	Type      string          `yaml:"type"`
	Source    string          `yaml:"source"`
	Encoding  string          `yaml:"encoding"`
	Separator string          `yaml:"separator"`
	Sheet     string          `yaml:"sheet"`
	HeaderRow int             `yaml:"header_row"`
	Columns   []mappingColumn `yaml:"columns"`
	Options   sheet.Options   `yaml:"-"`
	file      string
}

type mappingColumn struct {
	Heading string            `yaml:"heading"`
	Index   int               `yaml:"index"` // from 1, for tables without headings
	Field   string            `yaml:"field"`
	Lang    string            `yaml:"lang"`
	Order   string            `yaml:"order"` // of dates: dmy or mdy
	Terms   map[string]string `yaml:"terms"`
}

// readMapping reads a mapping file strictly. KindInvalid names what is wrong.
func readMapping(file, typ string) (mapping, error) {
	m := mapping{file: file}
	b, err := os.ReadFile(file)
	if err != nil {
		return m, core.Invalid("cli.no_file", "file", file)
	}
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&m); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return m, core.Invalid("cli.map_bad", "file", file, "detail", first)
	}
	if m.Type != "" && m.Type != typ {
		return m, core.Invalid("cli.map_type", "file", file, "type", m.Type)
	}
	m.Options = sheet.Options{Encoding: encodingName(m.Encoding), Separator: m.Separator, Sheet: m.Sheet, HeaderRow: m.HeaderRow}
	return m, nil
}

// apply puts the mapping over the guessed columns. A file that maps no columns
// leaves the guess.
func (m mapping) apply(columns []kernel.ColumnPlan) error {
	if len(m.Columns) == 0 {
		return nil
	}
	for i := range columns {
		columns[i].Field, columns[i].Lang, columns[i].Terms = "", "", nil
	}
	for _, c := range m.Columns {
		at := c.find(columns)
		if at < 0 {
			return core.Invalid("cli.map_heading", "heading", c.Heading)
		}
		p := &columns[at]
		p.Field, p.Lang, p.Terms = c.Field, c.Lang, c.Terms
		if c.Order != "" {
			p.Order = c.Order
		}
	}
	return nil
}

// find is the place of a column, -1 when the table has none such.
func (c mappingColumn) find(columns []kernel.ColumnPlan) int {
	for i, p := range columns {
		if c.Index == i+1 || c.Heading != "" && text.Fold(strings.TrimSpace(p.Heading)) == text.Fold(strings.TrimSpace(c.Heading)) {
			return i
		}
	}
	return -1
}
