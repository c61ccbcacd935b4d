package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// mergedColumn says that a cell of a row belongs to a cell above it.
type mergedColumn struct {
	col, top int // column from 0, row that holds the value
}

const maxMergedRows = 200000 // cells remembered for merged regions

// readMerges finds the vertical merges of a sheet. They stand behind the rows, so
// the part is read once beforehand, as bytes.
func readMerges(f *zip.File) (map[int][]mergedColumn, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	merges := map[int][]mergedColumn{}
	total := 0
	buf := make([]byte, 0, 128<<10)
	for {
		n, err := io.ReadFull(rc, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return nil, err
		}
		for {
			i := bytes.Index(buf, []byte("mergeCell "))
			if i < 0 {
				break
			}
			end := bytes.IndexByte(buf[i:], '>')
			if end < 0 {
				break
			}
			total += addMerge(merges, string(buf[i:i+end]))
			buf = buf[i+end:]
			if total > maxMergedRows {
				return merges, nil
			}
		}
		if last {
			return merges, nil
		}
		keep := min(len(buf), 512) // a tag may be cut
		rest := buf[len(buf)-keep:]
		buf = append(make([]byte, 0, 128<<10), rest...)
	}
}

func addMerge(merges map[int][]mergedColumn, tag string) int {
	_, ref, ok := strings.Cut(tag, `ref="`)
	if !ok {
		return 0
	}
	ref, _, _ = strings.Cut(ref, `"`)
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return 0
	}
	col, top, bottom := columnOf(from, -1), rowOf(from), rowOf(to)
	if col < 0 || top < 1 || bottom <= top || bottom > maxRows || bottom-top > maxMergedRows {
		return 0
	}
	for row := top; row <= bottom; row++ {
		merges[row] = append(merges[row], mergedColumn{col: col, top: top})
	}
	return bottom - top
}

func rowOf(ref string) int {
	n, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$"))
	if err != nil {
		return 0
	}
	return n
}

// fillMerged repeats the value of a vertically merged cell in every row that it
// covers, as the reader of the table sees it.
func (x *xlsxSource) fillMerged(row *rawRow) {
	for _, m := range x.merges[row.number] {
		for len(x.cells) <= m.col {
			x.cells = append(x.cells, Cell{})
		}
		if m.top == row.number {
			x.cells[m.col] = Cell{}
			if m.col < len(row.cells) {
				x.cells[m.col] = row.cells[m.col]
			}
			continue
		}
		if x.cells[m.col].Text == "" {
			continue
		}
		for len(row.cells) <= m.col {
			row.cells = append(row.cells, Cell{})
		}
		if row.cells[m.col].Text == "" {
			row.cells[m.col] = x.cells[m.col]
			row.notes = append(row.notes, Note{Key: noteMerged, Row: row.number, Col: m.col + 1, Value: x.cells[m.col].Text})
		}
	}
}
