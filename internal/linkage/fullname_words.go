package linkage

import (
	"strings"
	"sync"

	"svod/internal/text"
)

// defaultShortNames is made from the constant tables on first use and never changes.
var defaultShortNames = sync.OnceValue(newShortNames)

// legalForms in the spellings of text.Fold. Forms that mean the same in different
// languages are one; an abbreviation says as much as the words.
var legalForms = []struct {
	form    string
	phrases []string
}{
	{"llc", []string{"limited liability company", "общество с ограниченной ответственностью", "societatea cu raspundere limitata", "llc", "ltd", "ltd.",
		"limited", "ооо", "ooo", "o.o.o.", "srl", "s.r.l.", "тоо", "pty ltd", "co ltd", "sp. z o.o.", "gmbh", "sarl", "тов"}},
	{"jsc", []string{"open joint stock company", "closed joint stock company", "public joint stock company", "joint stock company",
		"joynt stock company", "акционерное общество", "открытое акционерное общество", "закрытое акционерное общество",
		"публичное акционерное общество", "ojsc", "pjsc", "cjsc", "jsc", "оао", "зао", "пао", "ао", "oao", "zao", "pao", "ao",
		"ag", "aktiengesellschaft", "plc", "s.a.", "inc", "inc.", "corp", "corp.", "corporation"}},
	{"npo", []string{"ано", "ano", "нко", "фонд", "foundation"}},
}

// legalWords are words of legal forms, left out of the alignment.
var legalWords = wordSet(`llc ltd limited ооо ooo srl тоо pty gmbh sarl тов ojsc pjsc cjsc jsc оао зао пао ао oao zao pao ao ag
aktiengesellschaft akg plc sa inc corp z oo corporation co company companies joint joynt stock open closed public liability
общество ограниченной ответственностью акционерное открытое закрытое публичное societatea cu raspundere limitata sp zoo group
mv`)

// organisationWords show that a name is not a person's.
var organisationWords = wordSet(`company bank group foundation trust fund industries systems academy institute government brigade party
aviation holdings international management capital services организация центр банк фонд завод институт партия движение
общественная plant corporation army`)

// genericWords are shared by many organisations and tell little.
var genericWords = wordSet(`company bank group foundation trust fund industries international management holdings services организация
центр банк фонд общественная областная government academy capital plant`)

// placeWords say where a branch is.
var placeWords = wordSet(`europe schweiz switzerland russia china uk usa ukraine belarus kazakhstan international global world
россия украина беларусь казахстан москва moscow europa asia africa deutschland germany`)

// smallWords are particles that are often left out.
var smallWords = wordSet(`al el bin ben ibn bint abd abdul abu de del della der den di da la le van von und and the of for in и по с в на i y
haji hajji`)

var titles = wordSet(`mr mrs ms miss dr prof professor president prasident monsieur madame mme sir lord shaikh sheikh sheik hon
господин госпожа президент доктор г-н г-жа гн гжа`)

var numbers = map[string]string{
	"first": "1", "second": "2", "third": "3", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "ten": "10", "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50",
	"1st": "1", "2nd": "2", "3rd": "3", "int'l": "international", "intl": "international",
	"один": "1", "первый": "1", "первая": "1", "второй": "2", "вторая": "2", "третий": "3",
}

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

func isTitle(folded string) bool { return titles[folded] }

// isLegalWord reports a word of a legal form, unless it is all the name has.
func isLegalWord(folded, whole string) bool {
	return legalWords[folded] && len(nameWords(whole)) > 1
}

func isNumber(folded string) bool {
	return folded != "" && strings.Trim(folded, "0123456789") == ""
}

// spellOut writes number words as digits and joins tens with ones (forty four).
func spellOut(words []string) []string {
	var out []string
	for _, w := range words {
		n, ok := numbers[text.Fold(w)]
		if !ok {
			n = w
		}
		if k := len(out); k > 0 && len(n) == 1 && isNumber(n) && len(out[k-1]) == 2 && isNumber(out[k-1]) && out[k-1][1] == '0' {
			out[k-1] = out[k-1][:1] + n
			continue
		}
		out = append(out, n)
	}
	return out
}

// unleet undoes digits in the place of letters inside a word (Ig0r Sech1n).
func unleet(w string) string {
	if !hasDigit(w) || isNumber(w) {
		return w
	}
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "9", "g").Replace(w)
}

func swapDigits(folded string) string {
	if isNumber(folded) {
		return folded
	}
	return unleet(folded)
}
