package cli

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/linkage"
	"svod/internal/sheet"
)

// linkMost bounds a table in bytes, decompressed: its rows are held in memory.
const linkMost = 1 << 30

// linkFile is one table as it was read.
type linkFile struct {
	name    string
	header  []string
	rows    []linkage.Row
	numbers []int // of the rows, as the person's own program counts them
}

// read gives the rows of all files as one table and says how they were read.
func (c *linkCmd) read(r *run) (*linkTable, error) {
	m, err := readLinkMap(c.Map)
	if err != nil {
		return nil, err
	}
	t := newLinkTable()
	for _, path := range c.Files {
		f, err := r.linkFile(path)
		if err != nil {
			return nil, err
		}
		if err := t.add(f, m.apply(f.header, f.rows)); err != nil {
			return nil, err
		}
	}
	if heading := m.missing(t); heading != "" {
		return nil, core.Invalid("cli.map_heading", "heading", heading)
	}
	t.finish(m.kinds != nil)
	for _, column := range t.columns {
		if column.Name == "" {
			continue
		}
		if column.Kind == linkage.KindIgnore {
			r.say("cli.import_left", "heading", oneLine(column.Name))
			continue
		}
		r.say("cli.import_column", "heading", oneLine(column.Name), "field", r.linkKind(column.Kind))
	}
	return t, nil
}

// linkBytes reads a file into memory, decompressed where it is gzip.
func linkBytes(in io.Reader, file string, most int64) ([]byte, error) {
	buffered := bufio.NewReader(in)
	in = buffered
	if magic, err := buffered.Peek(2); err == nil && bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, core.Invalid("cli.link_damaged", "file", file)
		}
		in = z
	}
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil && in != io.Reader(buffered):
		return nil, core.Invalid("cli.link_damaged", "file", file)
	case err != nil:
		return nil, core.Invalid("cli.no_file", "file", file)
	case int64(len(data)) > most:
		return nil, core.Invalid("error.file_too_large", "max", most)
	}
	return data, nil
}

func (r *run) linkFile(path string) (*linkFile, error) {
	in, name, err := r.source(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := linkBytes(in, path, linkMost)
	if err != nil {
		return nil, err
	}
	name = strings.TrimSuffix(name, ".gz")
	src := sheet.BytesSource(name, data)
	guess, err := sheet.Sniff(src, sheet.Options{})
	if err != nil {
		return nil, err
	}
	if guess.HeaderRow == 0 {
		return nil, core.Invalid("cli.link_no_headings", "file", path).AtCell(guess.FirstRow, 0)
	}
	r.say("cli.link_reads", "file", oneLine(path))
	r.describe(guess, kernel.ImportPlan{})
	f := &linkFile{name: name}
	for _, c := range guess.Columns {
		f.header = append(f.header, oneLine(c.Name))
	}
	return f, f.fill(r, src, guess)
}

// fill reads the rows. A word that says that there is no value is none: two
// people are not one because both are «н/д».
func (f *linkFile) fill(r *run, src sheet.Source, guess sheet.Guess) error {
	in, err := sheet.Open(src, guess)
	if err != nil {
		return err
	}
	defer in.Close()
	notes := slices.Clone(guess.Notes)
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		notes = append(notes, row.Notes...)
		cells := make(linkage.Row, len(row.Cells))
		for i := range cells {
			s := strings.TrimSpace(row.Text(i))
			if _, missing := sheet.MissingWord(s); !missing {
				cells[i] = strings.Clone(s)
			}
		}
		f.rows, f.numbers = append(f.rows, cells), append(f.numbers, row.Number)
	}
	for i, n := range notes {
		if i == shownRows {
			r.say("cli.import_more", "count", len(notes)-i)
			break
		}
		r.estimateNote(n)
	}
	if _, _, totals, _ := in.Counts(); len(totals) > 0 {
		r.say("cli.estimate_totals", "count", len(totals))
	}
	return nil
}
