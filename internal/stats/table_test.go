package stats

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"svod/internal/core"
)

func keyOf(err error) string {
	var e *core.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

func TestNewTableRefuses(t *testing.T) {
	abc := []string{"a", "b", "c"}
	for name, c := range map[string]struct {
		lists []string
		cells []Cell
		key   string
	}{
		"one list":        {[]string{"a"}, []Cell{{"1", 3}}, errNoLists},
		"thirteen lists":  {strings.Split("abcdefghijklm", ""), nil, errManyLists},
		"a name twice":    {[]string{"a", "b", " a "}, nil, errListName},
		"no name":         {[]string{"a", "", "c"}, nil, errListName},
		"short history":   {abc, []Cell{{"10", 3}}, errHistory},
		"strange history": {abc, []Cell{{"1x0", 3}}, errHistory},
		"people unseen":   {abc, []Cell{{"000", 3}}, errUnseen},
		"negative":        {abc, []Cell{{"100", -1}}, errCount},
		"too many":        {abc, []Cell{{"100", MaxTotal}, {"010", 1}}, errTooLarge},
		"nobody":          {abc, []Cell{{"100", 0}, {"000", 0}}, errNoRows},
	} {
		_, err := NewTable(c.lists, c.cells)
		if keyOf(err) != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
		var e *core.Error
		if errors.As(err, &e) {
			everyPlaceholder(t, catalogue(t), Message{e.Key, append(e.Args, "field", "x")})
		}
	}
}

func TestTableCounts(t *testing.T) {
	tab := table(t, "110:2 100:5 001:1 111:3 110:4", "A", "B", "C")
	want := [][]int64{{14, 9, 3}, {9, 9, 3}, {3, 3, 4}}
	if got := tab.Overlap(); !reflect.DeepEqual(got, want) {
		t.Errorf("overlap %v, want %v", got, want)
	}
	if got := tab.Captures(); !reflect.DeepEqual(got, []int64{0, 6, 6, 3}) {
		t.Errorf("captures %v", got)
	}
	if got := tab.Cells(); !reflect.DeepEqual(got, []Cell{{"100", 5}, {"001", 1}, {"110", 6}, {"111", 3}}) {
		t.Errorf("cells %v", got)
	}
	rest, truth := tab.without(0)
	if truth != 14 || rest.Observed() != 9 || !reflect.DeepEqual(rest.Cells(), []Cell{{"10", 6}, {"11", 3}}) {
		t.Errorf("without A: %d, %v", truth, rest.Cells())
	}
	sum, err := Sum([]*Table{tab, tab})
	if err != nil || sum.Observed() != 30 {
		t.Errorf("sum %v %v", sum, err)
	}
	if _, err := Sum([]*Table{tab, kosovo(t)}); keyOf(err) != errColumn {
		t.Errorf("sum of different lists: %v", err)
	}
	alone := table(t, "100:5 010:3 110:2 001:4", "A", "B", "C")
	if n := alone.Notes(); len(n) != 1 || n[0].Key != noteAlone || n[0].Args[1] != "C" {
		t.Errorf("notes %v", n)
	}
}

func TestParseRows(t *testing.T) {
	p, err := ParseRows(
		[]string{"ОВД", "Медиазона", "комментарий", "число", "страта"},
		[][]string{{"1", "0", "что-то", "1 200", "Москва"}, {"да", "x", "", "7", "Москва"}, {"", "1", "а", "3", "Тула"}, {"", "", ""}}, Columns{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Tables) != 2 || p.Tables[0].Stratum != "Москва" || p.Tables[0].Observed() != 1207 || p.Tables[1].Observed() != 3 {
		t.Errorf("tables %+v", p.Tables)
	}
	if len(p.Notes) != 2 || p.Notes[0].Key != noteLeftOut || p.Notes[1].Key != noteBlank {
		t.Errorf("notes %v", p.Notes)
	}
	for _, n := range p.Notes {
		everyPlaceholder(t, catalogue(t), n)
	}
	people, err := ParseRows([]string{"id", "a", "b", "c"}, [][]string{{"17", "1", "1", "0"}, {"18", "1", "1", "0"}, {"19", "0", "0", "1"}}, Columns{})
	if err != nil || people.Tables[0].Observed() != 3 || people.Tables[0].counts[3] != 2 {
		t.Errorf("one row per person: %+v %v", people, err)
	}
	chosen, err := ParseRows([]string{"a", "b", "c", "n"}, [][]string{{"1", "1", "0", "4"}, {"0", "0", "1", "7"}, {"0", "1", "1", "2"}}, Columns{Lists: []string{"b", "a"}})
	if err != nil || chosen.Tables[0].Observed() != 6 || len(chosen.Notes) != 1 || chosen.Notes[0].Key != noteOutside || chosen.Notes[0].Args[1] != int64(7) {
		t.Errorf("chosen lists: %+v %v", chosen, err)
	}
	for name, c := range map[string]struct {
		rows [][]string
		cols Columns
		key  string
		row  int
	}{
		"strange mark": {[][]string{{"1", "0", "2"}, {"1", "2", "2"}}, Columns{Lists: []string{"a", "b"}}, errMark, 2},
		"no column":    {[][]string{{"1", "0", "2"}}, Columns{Lists: []string{"a", "z"}}, errColumn, 0},
		"half a man":   {[][]string{{"1", "0", "2.5"}}, Columns{}, errCount, 1},
		"minus":        {[][]string{{"1", "0", "-2"}}, Columns{}, errCount, 1},
		"unseen":       {[][]string{{"1", "1", "2"}, {"0", "0", "9"}}, Columns{}, errUnseen, 2},
		"no rows":      {nil, Columns{Lists: []string{"a", "b"}}, errNoRows, 0},
		"no lists":     {[][]string{{"u", "v", "2"}}, Columns{}, errNoLists, 0},
		"a slip":       {[][]string{{"1", "0", "2"}, {"0", "1", "2"}, {"1", "10", "2"}, {"1", "1", "2"}}, Columns{}, errMark, 3},
	} {
		_, err := ParseRows([]string{"a", "b", "count"}, c.rows, c.cols)
		var e *core.Error
		if keyOf(err) != c.key || errors.As(err, &e) && e.Row != c.row {
			t.Errorf("%s: %v, want %s in row %d", name, err, c.key, c.row)
		}
	}
}

func TestFromMemberships(t *testing.T) {
	rows := []Membership{{"p1", "A", ""}, {"p1", "B", ""}, {"p1", "A", ""}, {"p2", "A", ""}, {"p3", "C", ""}, {"p4", "B", "north"}}
	tables, err := FromMemberships([]string{"A", "B", "C"}, rows)
	if err != nil || len(tables) != 2 || tables[1].Stratum != "north" {
		t.Fatalf("%v %v", tables, err)
	}
	if got := tables[0].Cells(); !reflect.DeepEqual(got, []Cell{{"100", 1}, {"001", 1}, {"110", 1}}) {
		t.Errorf("cells %v", got)
	}
	if _, err := FromMemberships([]string{"A", "B"}, rows); keyOf(err) != errColumn {
		t.Errorf("unknown list: %v", err)
	}
}

func FuzzParseRows(f *testing.F) {
	f.Add("a,b,c,count\n1,0,1,5\n0,1,1,7")
	f.Add("id,A,B\nx,+,-\ny,,да")
	f.Add("страта;a,b\n,1\n")
	f.Fuzz(func(t *testing.T, s string) {
		lines := strings.Split(s, "\n")
		var rows [][]string
		for _, l := range lines[1:] {
			rows = append(rows, strings.Split(l, ","))
		}
		p, err := ParseRows(strings.Split(lines[0], ","), rows, Columns{})
		if err != nil {
			if keyOf(err) == "" {
				t.Fatalf("an error without a key: %v", err)
			}
			return
		}
		for _, tab := range p.Tables {
			again, err := NewTable(tab.Lists, tab.Cells())
			if err != nil || !reflect.DeepEqual(again.counts, tab.counts) {
				t.Fatalf("%v does not survive its own cells: %v", tab, err)
			}
		}
	})
}

func FuzzParseHistories(f *testing.F) {
	f.Add(kosovoCells)
	f.Add("100:40, 010:30;001:20\n110:6")
	f.Add("1:1")
	f.Fuzz(func(t *testing.T, s string) {
		tab, err := ParseHistories(s, nil)
		if err != nil {
			if keyOf(err) == "" {
				t.Fatalf("an error without a key: %v", err)
			}
			return
		}
		if tab.Observed() <= 0 || tab.counts[0] != 0 {
			t.Fatalf("%v", tab)
		}
		if err := tab.Check(); err == nil && tab.Observed() < 1_000_000 {
			if _, err := Independence(tab, 0.95); err != nil && keyOf(err) == "" {
				t.Fatal(err)
			}
		}
	})
}
