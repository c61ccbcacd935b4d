package crypt

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestWordLists checks what makes a list fit to be read aloud, copied by hand and
// typed on an unknown keyboard.
func TestWordLists(t *testing.T) {
	for language, c := range map[string]struct {
		text, letters string
		// telling are the letters that no letter of the other script looks like; a
		// word without any could be typed in the wrong layout and look right.
		telling string
	}{
		"ru": {wordsRussian, "абвгдежзийклмнопрстуфхцчшщъыьэюя", "бвгджзийклмнптфцчшщъыьэюя"},
		"en": {wordsEnglish, "abcdefghijklmnopqrstuvwxyz", "bdfghijklmnqrstuvwz"},
	} {
		if strings.Contains(c.text, "\r") || !strings.HasSuffix(c.text, "\n") {
			t.Errorf("%s: line ends", language)
		}
		words := strings.Split(strings.TrimSuffix(c.text, "\n"), "\n")
		if len(words) < 1024 {
			t.Errorf("%s: %d words give less than 60 bits", language, len(words))
		}
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("%s: not sorted, or a word twice", language)
		}
		near := make(map[string]string)
		for _, word := range words {
			// No ё: many people type е for it. (It is not in letters.)
			if n := utf8.RuneCountInString(word); n < 3 || n > 9 || strings.Trim(word, c.letters) != "" {
				t.Errorf("%s: %q is too short, too long or has odd letters", language, word)
			}
			if !strings.ContainsAny(word, c.telling) {
				t.Errorf("%s: %q could be in the other script", language, word)
			}
			runes := []rune(word)
			for i := range runes { // one letter misread must not give another word
				pattern := string(runes[:i]) + "?" + string(runes[i+1:])
				if other, ok := near[pattern]; ok {
					t.Errorf("%s: %q and %q differ in one letter", language, word, other)
				}
				near[pattern] = word
			}
		}
	}
}

func TestNewPassphrase(t *testing.T) {
	for _, language := range []string{"ru", "en"} {
		seen := make(map[string]bool)
		for range 50 {
			p, err := NewPassphrase(language)
			if err != nil {
				t.Fatal(err)
			}
			if len(strings.Fields(p)) != PassphraseWords || seen[p] || NormalPassphrase(p) != p {
				t.Errorf("%s: %q", language, p)
			}
			if err := CheckPassphrase(p); err != nil {
				t.Errorf("%s: %q is refused: %v", language, p, err)
			}
			seen[p] = true
		}
	}
	if _, err := NewPassphrase("xx"); !errors.Is(err, ErrLanguage) {
		t.Errorf("an unknown language: %v", err)
	}
}

func TestCheckPassphrase(t *testing.T) {
	for passphrase, want := range map[string]error{
		"":                    ErrPassphraseShort,
		"короткая":            ErrPassphraseShort,
		"   a b     c d     ": ErrPassphraseShort,
		"11 letters!":         ErrPassphraseShort,
		"aaaaaaaaaaaaaaaa":    ErrPassphraseCommon,
		"abcabcabcabcabc":     ErrPassphraseCommon,
		"abcdefghijklmnop":    ErrPassphraseCommon,
		"9876543210987654":    ErrPassphraseCommon,
		"абвгдежзиклмн":       ErrPassphraseCommon,
		"qwertyuiop123":       ErrPassphraseCommon,
		"1q2w3e4r5t6y":        ErrPassphraseCommon,
		"Password123456":      ErrPassphraseCommon,
		"P@ssword 2024!":      nil, // judged by its letters only; a floor, not a meter
		"йцукенгшщзхъ":        ErrPassphraseCommon,
		"Пароль-Пароль-1":     ErrPassphraseCommon,
		"наташа москва 1987":  ErrPassphraseCommon,
		"пароль администратора":           ErrPassphraseCommon,
		"correct horse battery staple":    ErrPassphraseCommon,
		"............:)":                  ErrPassphraseCommon,
		"сизый голубь на мокрой крыше":    nil,
		"nine purple herons read":         nil,
		"kX9$vLq2#mTz":                    nil,
		"москва помнит утренний трамвай":  nil,
		"2019 год, снег лежал до апреля.": nil,
	} {
		if err := CheckPassphrase(passphrase); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", passphrase, err, want)
		}
	}
}
