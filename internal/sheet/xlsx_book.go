package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Limits against files made to exhaust memory.
const (
	maxShared   = 256 << 20 // bytes of shared texts
	maxTexts    = 16 << 20  // shared texts
	maxSheetXML = 8 << 30   // bytes of one unpacked sheet
	maxColumns  = 16384     // Excel's own
	maxRows     = 1 << 20   // Excel's own
)

// workbook is an opened XLSX file. Parts are read straight from the archive,
// never to disk.
type workbook struct {
	files   map[string]*zip.File
	sheets  []workbookSheet
	is1904  bool
	shared  sharedTexts
	formats []datePrecision // by cell style
}

type workbookSheet struct {
	SheetInfo
	path string
}

// sharedTexts keeps all texts in one piece of memory.
type sharedTexts struct {
	text []byte
	ends []int
}

func (s *sharedTexts) at(i int) string {
	if i < 0 || i >= len(s.ends) {
		return ""
	}
	start := 0
	if i > 0 {
		start = s.ends[i-1]
	}
	return string(s.text[start:s.ends[i]])
}

func openWorkbook(src Source) (*workbook, error) {
	z, err := zip.NewReader(src, src.Size)
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{files: map[string]*zip.File{}}
	for _, f := range z.File {
		w.files[strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, "\\", "/")), "/")] = f
	}
	if w.files["xl/workbook.xml"] == nil {
		if w.files["content.xml"] != nil && w.files["mimetype"] != nil {
			return nil, core.Invalid(errODS)
		}
		return nil, core.Invalid(errNotTable)
	}
	for _, step := range []func() error{w.readBook, w.readStyles} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func damaged(err error) error {
	var known *core.Error
	if errors.As(err, &known) {
		return err
	}
	return &core.Error{Kind: core.KindInvalid, Key: errDamaged, Err: err}
}

// part calls f for every start and end tag and text of an XML part. A part that
// is absent has none.
func (w *workbook) part(name string, limit int64, f func(xml.Token) error) error {
	file := w.files[name]
	if file == nil {
		return nil
	}
	rc, err := file.Open()
	if err != nil {
		return damaged(err)
	}
	defer rc.Close()
	tags := newTokens(io.LimitReader(rc, limit))
	for {
		t, err := tags.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = f(t)
		}
		if err != nil {
			return damaged(err)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func (w *workbook) readBook() error {
	targets := map[string]string{}
	err := w.part("xl/_rels/workbook.xml.rels", 16<<20, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.part("xl/workbook.xml", 16<<20, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			w.is1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			var id string
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			state := attr(e, "state")
			if w.files[targets[id]] == nil || strings.Contains(targets[id], "chartsheets/") {
				return nil
			}
			w.sheets = append(w.sheets, workbookSheet{SheetInfo{Name: attr(e, "name"), Hidden: state == "hidden" || state == "veryHidden"}, targets[id]})
		}
		return nil
	})
}

// readShared loads the shared texts; phonetic guides are left out.
func (w *workbook) readShared() error {
	inText, phonetic := false, 0
	return w.part("xl/sharedStrings.xml", maxShared*2, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				if len(w.shared.ends) >= maxTexts {
					return core.Invalid(errTooBig)
				}
				w.shared.ends = append(w.shared.ends, len(w.shared.text))
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				if len(w.shared.text)+len(t) > maxShared {
					return core.Invalid(errTooBig)
				}
				w.shared.text = append(w.shared.text, t...)
			}
		}
		return nil
	})
}

// readStyles finds which cell styles show dates, and how finely.
func (w *workbook) readStyles() error {
	custom := map[int]string{}
	inCells := false
	return w.part("xl/styles.xml", 64<<20, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				if id, err := strconv.Atoi(attr(t, "numFmtId")); err == nil {
					custom[id] = attr(t, "formatCode")
				}
			case "cellXfs":
				inCells = true
			case "xf":
				if inCells && len(w.formats) < 1<<17 {
					id, _ := strconv.Atoi(attr(t, "numFmtId"))
					w.formats = append(w.formats, formatPrecision(id, custom[id]))
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// formatPrecision says whether a number format shows a date (ECMA-376 part 1,
// 18.8.30: built-in formats 14–22, 27–36, 45–47, 50–58; otherwise its code).
func formatPrecision(id int, code string) datePrecision {
	if code == "" {
		switch {
		case id == 17 || id == 55:
			return precisionMonth
		case id == 22:
			return precisionTime
		case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35:
			return precisionClock
		case id >= 14 && id <= 16, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
			return precisionDay
		}
		return precisionNone
	}
	return codePrecision(code)
}

func codePrecision(code string) datePrecision {
	code, _, _ = strings.Cut(code, ";") // positive numbers
	var year, month, day, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case code[i] == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return precisionNone
			}
			if inner := strings.ToLower(code[i+1 : i+end]); inner == "h" || inner == "hh" || inner == "m" || inner == "mm" || inner == "s" || inner == "ss" {
				clock = true
			}
			i += end
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case c == 'y' || c == 'e' && i+1 < len(code) && code[i+1] != '+' && code[i+1] != '-' && !strings.Contains(code, "0"):
			year = true
		case c == 'd':
			day = true
		case c == 'm':
			month = true
		case c == 'h' || c == 's':
			clock = true
		case code[i] == '0' || code[i] == '#' || code[i] == '?':
			if !clock { // fractions of a second apart, a number
				return precisionNone
			}
		case strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			return precisionNone
		}
	}
	switch {
	case clock && !year && !day:
		return precisionClock
	case clock:
		return precisionTime
	case day:
		return precisionDay
	case month:
		return precisionMonth
	case year:
		return precisionYear
	}
	return precisionNone
}
