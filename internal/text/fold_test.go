package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var foldCases = []struct{ in, want string }{
	{"Ёлка", "елка"},
	{"ЕЛКА", "елка"},
	{"Е\u0308лка", "елка"},
	{"Моско\u0301вский", "московский"},
	{"ЙОД", "йод"},
	{"и\u0306од", "йод"},
	{"Їжак і ґанок, Воўк", "їжак і ґанок, воўк"},
	{"Қазақ Ғалым Әсел Өмір Ұлы Үй Һава Ңың", "қазақ ғалым әсел өмір ұлы үй һава ңың"},
	{"Тоҷикӣ, ӯ", "тоҷикӣ, ӯ"},
	{"Ѓорѓи, Ќосе", "ѓорѓи, ќосе"},
	{"Ščerbakov, Çelik, Łódź, Straße, İstanbul, Diyarbakır", "scerbakov, celik, lodz, strasse, istanbul, diyarbakir"},
	{"Chișinău, țară", "chisinau, tara"},
	{"Əliyev", "eliyev"},
	{"ЎЗБЕКИСТОН, oʻzbek, o‘zbek, o’zbek, o`zbek", "ўзбекистон, o'zbek, o'zbek, o'zbek, o'zbek"},
	{"«Мемориал» „центр“ “x”", `"мемориал" "центр" "x"`},
	{"2011–2013 — да‑нет − 5", "2011-2013 - да-нет - 5"},
	{"20\u00a0000\u202fруб.", "20 000 руб."},
	{"ми\u00adтинг\u200bи", "митинги"},
	{"№ 5", "# 5"},
	{"ﬁle ｆｕｌｌ", "file full"},
	{"Հայաստան և", "հայաստան եւ"},
	{"ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო"},
	{"ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
	{"a\xffb", "a\ufffdb"},
	{"", ""},
}

func TestFold(t *testing.T) {
	for _, c := range foldCases {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// The short ways through Fold must agree with the long one.
func TestFoldShortcutsAgree(t *testing.T) {
	for r := rune(1); r < 0x1E000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		for _, s := range []string{string(r), "а" + string(r), "e" + string(r) + "я"} {
			short, long := Fold(s), foldAny(s)
			if short != long {
				t.Fatalf("%q (%U): Fold %q, the long way %q", s, r, short, long)
			}
			if again := Fold(short); again != short {
				t.Fatalf("%q (%U): folds to %q and then to %q", s, r, short, again)
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, c := range foldCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			if utf8.ValidString(s) {
				t.Fatalf("Fold(%q) is not UTF-8", s)
			}
			t.Fatalf("Fold kept invalid bytes of %q", s)
		}
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, again %q", s, once, twice)
		}
		if utf8.ValidString(s) {
			if nfd := Fold(norm.NFD.String(s)); nfd != once && !strings.ContainsFunc(s, isBlocker) {
				t.Fatalf("%q: composed %q, decomposed %q", s, once, nfd)
			}
		}
		FixHomoglyphsIn(s)
		Latin(s, "ru")
		NameKey(s)
		Stem(s)
	})
}

// isBlocker finds the signs that Fold removes before it normalises; they may stand
// between a letter and its mark, where no normal form can reach.
func isBlocker(r rune) bool { p, ok := foldedPunctuation(r); return ok && (p == 0 || p != r) }

var homoglyphCases = []struct{ in, want string }{
	{"cобытия", "события"},       // Latin c
	{"Kирилл", "Кирилл"},         // Latin K
	{"kирилл", "кирилл"},         // the same after lower-casing
	{"Mocквa", "Москва"},         // M, o, c, a
	{"зaдepжaния", "задержания"}, // several
	{"Украïни", "України"},       // Latin ï
	{"Уkraina", "Ykraina"},       // Cyrillic У in a Latin word
	{"Аmnesty", "Amnesty"},       // Cyrillic А
	{"OVD", "OVD"},               // pure Latin
	{"COP", "COP"},               // pure Latin, all ambiguous
	{"СОР", "СОР"},               // pure Cyrillic, all ambiguous
	{"VIPзал", "VIPзал"},         // both scripts have letters of their own
	{"АBC", "ABC"},               // majority
	{"ОМOН", "ОМОН"},             // majority
	{"Oк", "Ок"},                 // tie: Cyrillic
	{"", ""},
}

func TestFixHomoglyphs(t *testing.T) {
	for _, c := range homoglyphCases {
		if got := FixHomoglyphs(c.in); got != c.want {
			t.Errorf("FixHomoglyphs(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFixHomoglyphsIn(t *testing.T) {
	in := "Дата cобытия: OVD-Info сообщает, что Kирилл (COP 27, e-mail) — в oтделе №5"
	want := "Дата события: OVD-Info сообщает, что Кирилл (COP 27, e-mail) — в отделе №5"
	if got := FixHomoglyphsIn(in); got != want {
		t.Errorf("have %q\nwant %q", got, want)
	}
	for _, pure := range []string{"Only Latin here, COP, HE", "Только кириллица: СОР, НЕ", ""} {
		if got := FixHomoglyphsIn(pure); got != pure {
			t.Errorf("%q became %q", pure, got)
		}
	}
	if got := FixHomoglyphsIn("cобытие \xff x"); got != "событие \xff x" {
		t.Errorf("invalid bytes: %q", got)
	}
}

func TestLookAlike(t *testing.T) {
	for _, pair := range [][2]string{{"vera", "vеra"}, {"oca", "оса"}, {"Аnna", "anna"}, {"ве\u200bра", "Вера"}, {"bepa", "вера"}} {
		if a, b := LookAlike(pair[0]), LookAlike(pair[1]); a != b {
			t.Errorf("%q and %q look alike: %q, %q", pair[0], pair[1], a, b)
		}
	}
	if LookAlike("vera") == LookAlike("вера") || LookAlike("жанна") == LookAlike("анна") {
		t.Error("names that differ are taken for one")
	}
}
