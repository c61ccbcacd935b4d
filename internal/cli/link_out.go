package cli

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/linkage"
)

// linkFound is who is who.
type linkFound struct {
	table  *linkTable
	result linkage.Result
	// clusters are rows of the table, each cluster and all of them in the order of
	// their ids, so that the number of a cluster hangs on ids and not on rows.
	clusters [][]int
}

func newLinkFound(t *linkTable, result linkage.Result) *linkFound {
	f := &linkFound{table: t, result: result}
	for _, c := range result.Clusters {
		c = slices.Clone(c)
		slices.SortFunc(c, func(a, b int) int { return compareIDs(t.ids[a], t.ids[b]) })
		f.clusters = append(f.clusters, c)
	}
	slices.SortFunc(f.clusters, func(a, b []int) int { return compareIDs(t.ids[a[0]], t.ids[b[0]]) })
	return f
}

// compareIDs orders numbers inside ids as numbers: r2 before r10. Ids that differ
// are never equal to it.
func compareIDs(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// digits is how many digits s begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// write gives the table of clusters: rows of one person stand together. Ids are
// left as they are, also where they look like a formula: the table is there to be
// joined by them.
func (f *linkFound) write(to io.Writer) error {
	w := csv.NewWriter(to)
	if err := w.Write([]string{"unique_id", "cluster"}); err != nil {
		return err
	}
	for i, c := range f.clusters {
		for _, row := range c {
			if err := w.Write([]string{f.table.ids[row], strconv.Itoa(i + 1)}); err != nil {
				return err
			}
		}
	}
	w.Flush()
	return w.Error()
}

// linkOutput is a file that is whole or not there. A nil one is nothing.
type linkOutput struct {
	*bufio.Writer
	file *os.File // nil: standard output
}

// outputs makes the files before the long work, so that it is not in vain.
func (c *linkCmd) outputs(r *run) (out, report *linkOutput, err error) {
	if out, err = r.linkOutput(c.Out); err != nil || c.Report == "" {
		return out, nil, err
	}
	if report, err = r.linkOutput(c.Report); err != nil {
		return nil, nil, errors.Join(err, out.close(true))
	}
	return out, report, nil
}

// linkOutput makes a file that only its owner can read; one that exists is left
// alone.
func (r *run) linkOutput(name string) (*linkOutput, error) {
	if name == "-" {
		return &linkOutput{Writer: bufio.NewWriter(r.Out)}, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, core.Conflict("cli.file_exists", "file", name)
	}
	if err != nil {
		return nil, core.Invalid("cli.no_writing_file", "file", name)
	}
	return &linkOutput{Writer: bufio.NewWriter(onDisk{f}), file: f}, nil
}

// close ends the file; a part of one, after a failure, is removed.
func (o *linkOutput) close(failed bool) error {
	if o == nil {
		return nil
	}
	var err error
	if !failed {
		err = o.Flush()
	}
	if o.file == nil {
		return err
	}
	if err = errors.Join(err, o.file.Close()); err != nil || failed {
		err = errors.Join(err, os.Remove(o.file.Name()))
	}
	return err
}
