package pack_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/pack"
)

// The wordings below are invented; only the form of the codes is HURIDOCS's.
const table = "\ufeffcode;term;lang;order;visible\r\n" +
	"02000000000004;Second thing;en;2;y\r\n" +
	"01000000000004;\"First; thing\";en;1;y\r\n" +
	"01000000000004;Первое;ru;1;y\r\n" +
	"1010000000004;Below the first;en;3;n\r\n" + // a spreadsheet dropped the zero
	";;;;\r\n"

const dumped = `-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
INSERT INTO ` + "`gacl`" + ` VALUES (1,'mt_vocab; VALUES (2)');
INSERT INTO ` + "`mt_vocab` (`vocab_number`, `huri_code`, `english`, `french`, `otherlanguages`, `list_code`, `visible`, `term_order`, `parent_vocab_number`, `term_level`)" + ` VALUES
('00000000000015', '000000000000', 'Everywhere', 'Partout', 'x', 15, 'y', 1, '0', 0),
('01000000000015', '010000000000', 'One side\'s', 'L''autre', NULL, 15, 'n', 2, '00000000000015', 1);
INSERT INTO mt_vocab VALUES ('01000000000004','010000000000','An act',NULL,'',4,'y',1,'',0);
# a comment; with a sign
INSERT INTO ` + "`mt_vocab_l10n`" + ` VALUES ('00000000000015','ru_RU','Везде'),('01000000000004','ru','Действие');
`

func read(t *testing.T, text string, format pack.TermFormat, list string) []core.Term {
	t.Helper()
	terms, err := pack.ReadTerms(strings.NewReader(text), format, list)
	if err != nil {
		t.Fatal(err)
	}
	return terms
}

func TestReadTermTable(t *testing.T) {
	terms := read(t, table, pack.TermTable, "04")
	if got, want := codes(&core.Vocabulary{Terms: terms}), []string{"010000000000", "010100000000", "020000000000"}; !slices.Equal(got, want) {
		t.Fatalf("codes %v, want %v", got, want)
	}
	first, below := terms[0], terms[1]
	if first.Label["en"] != "First; thing" || first.Label["ru"] != "Первое" || first.Interop != first.Code {
		t.Errorf("first %+v", first)
	}
	if below.Parent != first.Code || !below.Hidden {
		t.Errorf("below %+v", below)
	}
}

func TestReadTermTableWithOtherSigns(t *testing.T) {
	for name, text := range map[string]string{
		"commas, languages": "Code,ru,EN\n010000000000,Первое,First\n010100000000,Второе,Second\n",
		"tabs, parent":      "huri_code\tterm\tparent_vocab_number\n010000000000\tFirst\t0\n010100000000\tSecond\t010000000000\n",
		"old line ends":     "code;term\r010000000000;First\r010100000000;Second\r",
	} {
		if terms := read(t, text, pack.TermTable, ""); len(terms) != 2 || terms[1].Parent != "010000000000" {
			t.Errorf("%s: %+v", name, terms)
		}
	}
	rows := [][]string{{"код", "термин"}, {"990000000000", "Неизвестно"}}
	if terms, err := pack.ReadTermRows(rows, "04"); err != nil || len(terms) != 1 {
		t.Errorf("rows: %v %v", terms, err)
	}
}

func TestReadDump(t *testing.T) {
	terms := read(t, dumped, pack.TermDump, "15")
	if len(terms) != 2 {
		t.Fatalf("%+v", terms)
	}
	top, below := terms[0], terms[1]
	if top.Code != "000000000000" || top.Label["ru"] != "Везде" || top.Label["fr"] != "Partout" || len(top.Label) != 3 {
		t.Errorf("top %+v", top)
	}
	if below.Parent != top.Code || below.Label["en"] != "One side's" || below.Label["fr"] != "L'autre" || !below.Hidden {
		t.Errorf("below %+v", below)
	}
	acts := read(t, dumped, pack.TermDump, "04")
	if len(acts) != 1 || acts[0].Label["ru"] != "Действие" || acts[0].Label["en"] != "An act" {
		t.Errorf("acts %+v", acts)
	}
}

func TestReadTermsSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		format          pack.TermFormat
		list, text, key string
		row             int
	}{
		{pack.TermTable, "", "code,word\n", "terms.unknown_column", 1},
		{pack.TermTable, "", "code\n", "terms.missing_column", 1},
		{pack.TermTable, "", "term\n", "terms.missing_column", 1},
		{pack.TermTable, "", "code,term\n", "terms.empty", 0},
		{pack.TermTable, "", "", "terms.empty", 0},
		{pack.TermTable, "", "code,term\n010000000000,A\n01,B\n", "terms.bad_code", 3},
		{pack.TermTable, "", "code,term\n010000000000,A\n010000000000,B\n", "terms.duplicate", 3},
		{pack.TermTable, "", "code,term\n010000000000,\n", "terms.missing_label", 2},
		{pack.TermTable, "", "code,term,parent\n010100000000,A,010000000000\n", "terms.unknown_parent", 2},
		{pack.TermTable, "", "code,term,order\n010100000000,A,first\n", "terms.bad_number", 2},
		{pack.TermTable, "", "code,term\n010100000000,A,B\n", "terms.row_width", 2},
		{pack.TermTable, "", "code,term\n01000000000004,A\n01000000000005,A\n", "terms.mixed_lists", 0},
		{pack.TermTable, "07", "code,term\n01000000000004,A\n", "terms.no_list", 0},
		{pack.TermTable, "", "code,term\n\xff\xfe", "terms.encoding", 0},
		{pack.TermDump, "", "INSERT INTO mt_vocab VALUES ('01000000000004', 'x');", "terms.syntax", 1},
		{pack.TermDump, "", "\n\nINSERT INTO mt_vocab VALUES ('0100000", "terms.syntax", 3},
		{pack.TermDump, "", "SELECT 1;", "terms.empty", 0},
		{"xlsx", "", "", "terms.format", 0},
	} {
		_, err := pack.ReadTerms(strings.NewReader(c.text), c.format, c.list)
		var one *core.Error
		var all core.Errors
		if errors.As(err, &all) && len(all) > 0 {
			one = all[0]
		} else if !errors.As(err, &one) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if one.Key != c.key || one.Row != c.row {
			t.Errorf("%q: %s in row %d, want %s in row %d", c.text, one.Key, one.Row, c.key, c.row)
		}
	}
}

// TestOwnListOverShippedList is the whole way of an organisation's own list:
// known codes reword our terms, new ones are added in their place.
func TestOwnListOverShippedList(t *testing.T) {
	set := small(t)
	terms := read(t, "code,term\n010000000000,Own A\n010200000000,Own A2\n030000000000,Own C\n", pack.TermTable, "04")
	terms = set.AdoptTerms("kinds", terms)
	if err := set.CheckTerms("kinds", terms); err != nil {
		t.Fatal(err)
	}
	over := set.WithTerms("kinds", terms)
	if got, want := codes(over.Vocabulary("kinds")), []string{"a", "a-1", "010200000000", "b", "030000000000"}; !slices.Equal(got, want) {
		t.Errorf("codes %v, want %v", got, want)
	}
	if l := over.Label("kinds", "a"); l["en"] != "Own A" || l["ru"] != "А" {
		t.Errorf("label %v", l)
	}
}

func FuzzReadTerms(f *testing.F) {
	f.Add(table)
	f.Add(dumped)
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range []pack.TermFormat{pack.TermTable, pack.TermDump} {
			terms, err := pack.ReadTerms(strings.NewReader(text), format, "")
			if err == nil && len(terms) == 0 {
				t.Error("no terms and no error")
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, text := range whole {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, file := range []string{"pack.yaml", "types/event.yaml", "terms/kinds.csv", "guides/ru/first.md"} {
			for _, p := range pack.Check(broken(file, "", text)) {
				if p.File == "" || p.Message == "" {
					t.Errorf("a problem without place or message: %+v", p)
				}
			}
		}
	})
}
