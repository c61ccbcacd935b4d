package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Axis is one side of a table: a field, and for dates the period to count by.
type Axis struct {
	Field string
	By    Period // dates only; "" for other kinds
	// Only restricts and orders the values (the top level of a vocabulary, say);
	// nil takes every value, most frequent first, periods in time order.
	Only []string
}

// Table counts records by two fields. Unknown is the last row and the last
// column: records with no value (or, with Only, none of the values).
type Table struct {
	Rows    []TableRow
	Columns []TableColumn
	// UnknownRow counts the records without a value of the row field.
	UnknownRow TableRow
	Total      int
	Sum        Sum
	// ManyRows and ManyColumns say that a record stands in several rows or
	// columns, so that they add up to more than Total.
	ManyRows, ManyColumns bool
}

// TableColumn is a column heading with its own total.
type TableColumn struct {
	Value string
	Count int
}

// TableRow is a row: one count per column, and the records of the row without
// a value of the column field.
type TableRow struct {
	Value   string
	Count   int
	Cells   []int
	Unknown int
	Sum     Sum
}

// CrossTable counts the result by rows and, unless columns.Field is "", by
// columns; count names a number field to sum for each row, or "".
func CrossTable(ctx context.Context, r Result, rows, columns Axis, count string, chunks Chunks) (Table, error) {
	var t Table
	all := r.set()
	rowSets, err := axisSets(ctx, all, rows, chunks)
	if err != nil {
		return t, err
	}
	var columnSets []valueSet
	if columns.Field != "" {
		if columnSets, err = axisSets(ctx, all, columns, chunks); err != nil {
			return t, err
		}
	}
	sums, err := newAdder(ctx, count, chunks)
	if err != nil {
		return t, err
	}
	t.Total = r.Count()
	t.Sum = sums.sum(all)
	for _, c := range columnSets {
		t.Columns = append(t.Columns, TableColumn{c.value, int(c.bits.GetCardinality())})
	}
	inColumn := union(columnSets)
	row := func(value string, bits *roaring.Bitmap) TableRow {
		out := TableRow{Value: value, Count: int(bits.GetCardinality()), Sum: sums.sum(bits)}
		for _, c := range columnSets {
			out.Cells = append(out.Cells, int(bits.AndCardinality(c.bits)))
		}
		if columns.Field != "" {
			out.Unknown = out.Count - int(bits.AndCardinality(inColumn))
		}
		return out
	}
	for _, s := range rowSets {
		t.Rows = append(t.Rows, row(s.value, s.bits))
	}
	inRow := union(rowSets)
	t.UnknownRow = row("", roaring.AndNot(all, inRow))
	t.ManyRows = overlaps(rowSets, inRow)
	t.ManyColumns = overlaps(columnSets, inColumn)
	return t, nil
}

type valueSet struct {
	value string
	bits  *roaring.Bitmap // within the result
}

// axisSets are the values of an axis with their records inside the result.
// Unless Only names them, values without records are left out.
func axisSets(ctx context.Context, within *roaring.Bitmap, a Axis, chunks Chunks) ([]valueSet, error) {
	values := a.Only
	if values == nil {
		all, err := chunks.Values(ctx, a.Field)
		if err != nil {
			return nil, err
		}
		for _, v := range all {
			if IsOwnValue(v) && (a.By == "" || len(v) == a.By.width()) {
				values = append(values, v)
			}
		}
	}
	var out []valueSet
	for _, v := range values {
		b, err := chunks.Bitmap(ctx, FacetKey{a.Field, v})
		if err != nil {
			return nil, err
		}
		bits := roaring.And(within, b)
		if a.Only != nil || !bits.IsEmpty() {
			out = append(out, valueSet{v, bits})
		}
	}
	if a.Only == nil && a.By == "" {
		slices.SortStableFunc(out, func(x, y valueSet) int {
			return cmp.Compare(y.bits.GetCardinality(), x.bits.GetCardinality())
		})
	}
	return out, nil
}

func union(sets []valueSet) *roaring.Bitmap {
	out := roaring.New()
	for _, s := range sets {
		out.Or(s.bits)
	}
	return out
}

func overlaps(sets []valueSet, union *roaring.Bitmap) bool {
	n := uint64(0)
	for _, s := range sets {
		n += s.bits.GetCardinality()
	}
	return n > union.GetCardinality()
}
