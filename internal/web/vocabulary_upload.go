package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"svod/internal/core"
	"svod/internal/pack"
	"svod/internal/sheet"
)

// Limits of a list that is laid over a vocabulary through a page.
const (
	maxTermFile = 8 << 20
	maxCarried  = maxForm - 64<<10 // bytes of terms that a form can carry
	termsShown  = 200
)

// vocabularyUpload reads an organisation's own list and shows what it would
// change. Nothing is written.
func (s *Server) vocabularyUpload(v *visit) error {
	voc := s.kernel.Packs().Vocabulary(v.r.PathValue("name"))
	if voc == nil {
		return core.NotFound()
	}
	if !v.actor.Admin {
		return core.Forbidden("error.need_admin")
	}
	in, name, content, err := v.termUpload()
	if err != nil {
		return v.vocabularyPage(voc, nil, err)
	}
	terms, err := readTermFile(name, content, strings.TrimSpace(in.Get("list")))
	if err == nil {
		terms = s.kernel.Packs().AdoptTerms(voc.Name, terms)
		err = s.kernel.Packs().CheckTerms(voc.Name, terms)
	}
	if err != nil {
		return v.vocabularyPage(voc, nil, err)
	}
	trial, err := v.termTrial(voc, terms)
	return v.vocabularyPage(voc, trial, err)
}

// vocabularyAdopt writes the terms that were shown.
func (s *Server) vocabularyAdopt(v *visit) error {
	voc := s.kernel.Packs().Vocabulary(v.r.PathValue("name"))
	if voc == nil {
		return core.NotFound()
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	var terms []core.Term
	if err := json.Unmarshal([]byte(in.Get("terms")), &terms); err != nil {
		return &core.Error{Kind: core.KindInvalid, Key: "error.bad_form", Err: err}
	}
	if err := s.kernel.PutTerms(v.ctx, v.actor, voc.Name, strings.TrimSpace(in.Get("source")), terms); err != nil {
		if _, ok := v.problems(err); ok {
			return v.vocabularyPage(voc, nil, err)
		}
		return err
	}
	return v.done("flash.terms_saved", vocabularyURL(voc.Name))
}

// termUpload reads the form with its file, in memory: lists are small and hold
// nothing secret.
func (v *visit) termUpload() (in url.Values, name string, content []byte, err error) {
	in = url.Values{}
	if media, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type")); err != nil || media != "multipart/form-data" {
		return in, "", nil, core.Invalid("wizard.no_file")
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return in, "", nil, brokenForm(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return in, "", nil, brokenForm(err)
		}
		b, err := io.ReadAll(io.LimitReader(part, maxTermFile+1))
		if err != nil {
			return in, "", nil, brokenForm(err)
		}
		if len(b) > maxTermFile {
			return in, "", nil, &core.Error{Kind: core.KindTooLarge, Key: "wizard.too_large", Args: []any{"max", maxTermFile >> 20}}
		}
		if part.FormName() == "file" {
			name, content = part.FileName(), b
		} else {
			in.Set(part.FormName(), string(b))
		}
	}
	if len(content) == 0 {
		err = core.Invalid("wizard.no_file")
	}
	return in, name, content, err
}

// readTermFile reads a dump, a table in UTF-8, or, through the reader of
// tables, a workbook or a table in another encoding.
func readTermFile(name string, content []byte, list string) ([]core.Term, error) {
	workbook := bytes.HasPrefix(content, []byte("PK"))
	if strings.EqualFold(path.Ext(name), ".sql") {
		return pack.ReadTerms(bytes.NewReader(content), pack.TermDump, list)
	}
	if !workbook && utf8.Valid(content) {
		return pack.ReadTerms(bytes.NewReader(content), pack.TermTable, list)
	}
	src := sheet.BytesSource(name, content)
	g, err := sheet.Sniff(src, sheet.Options{HeaderRow: 1, KeepTotal: true})
	if err != nil {
		return nil, err
	}
	r, err := sheet.Open(src, g)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		head[i] = c.Header
	}
	rows := [][]string{head}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return pack.ReadTermRows(rows, list)
		}
		if err != nil {
			return nil, err
		}
		for len(rows) < row.Number-1 {
			rows = append(rows, nil) // keeps the numbers of the file's lines
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = c.Text
		}
		rows = append(rows, cells)
	}
}

// termTrial compares the list with the vocabulary.
func (v *visit) termTrial(voc *core.Vocabulary, terms []core.Term) (*termTrial, error) {
	b, err := json.Marshal(terms)
	if err != nil {
		return nil, core.Internal(err)
	}
	if len(url.QueryEscape(string(b))) > maxCarried {
		return nil, &core.Error{Kind: core.KindTooLarge, Key: "vocab.too_many"}
	}
	after := v.s.kernel.Packs().WithTerms(voc.Name, terms)
	out := &termTrial{Carried: string(b)}
	for i := range terms {
		line := termLine{Code: terms[i].Code, Interop: terms[i].Interop, Label: wordingIn(terms[i].Label, v.lang), Hidden: terms[i].Hidden,
			Depth: min(len(after.Ancestors(voc.Name, terms[i].Code)), 5)}
		switch old := v.s.kernel.Packs().Term(voc.Name, terms[i].Code); {
		case old == nil:
			out.New++
			line.Fresh = v.T("vocab.new")
		case !maps.Equal(old.Label, terms[i].Label) || old.Parent != terms[i].Parent || old.Hidden != terms[i].Hidden:
			out.Changed++
			line.Fresh = v.T("vocab.changed")
		default:
			out.Same++
		}
		if len(out.Terms) < termsShown {
			out.Terms = append(out.Terms, line)
		} else {
			out.More++
		}
	}
	return out, nil
}

// inLines says in which line of the file each problem is.
func (v *visit) inLines(why error, list []Problem) []Problem {
	var errs core.Errors
	if !errors.As(why, &errs) {
		var one *core.Error
		if errors.As(why, &one) {
			errs = core.Errors{one}
		}
	}
	for i := range list {
		if list[i].Field = "file"; i < len(errs) && errs[i].Row > 0 {
			list[i].Text = v.T("sheet.place_row", "row", errs[i].Row) + ": " + list[i].Text
		}
	}
	return list[:min(len(list), maxUnknown)]
}
