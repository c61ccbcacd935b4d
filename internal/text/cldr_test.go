package text

import (
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"
)

// The CLDR data inside x/text is the independent witness for our own tables. It
// has no rule for Tajik.
func TestPluralFormAgreesWithCLDR(t *testing.T) {
	names := map[plural.Form]string{plural.One: One, plural.Few: Few, plural.Many: Many, plural.Other: Other, plural.Zero: "zero", plural.Two: "two"}
	for _, lang := range strings.Fields("ru uk be en ro hy ka az kk ky uz") {
		tag := language.MustParse(lang)
		for n := range 1300 {
			want := names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
			if got := PluralForm(lang, int64(n)); got != want {
				t.Errorf("%s, %d: have %s, CLDR %s", lang, n, got, want)
			}
		}
		// 1.5 and 2.5: whole part, one visible digit, fraction 5.
		for whole := range 3 {
			want := names[plural.Cardinal.MatchPlural(tag, whole, 1, 1, 5, 5)]
			if got := PluralFormFloat(lang, float64(whole)+0.5); got != want {
				t.Errorf("%s, %d.5: have %s, CLDR %s", lang, whole, got, want)
			}
		}
	}
}

func TestSeparatorsAgreeWithCLDR(t *testing.T) {
	for _, lang := range strings.Fields("ru uk be en ro hy ka az kk ky uz tg") {
		p := xmessage.NewPrinter(language.MustParse(lang))
		want := p.Sprint(number.Decimal(1234567.5, number.MaxFractionDigits(1)))
		if got := FormatFloat(lang, 1234567.5, 1); got != want {
			t.Errorf("%s: have %q, CLDR %q", lang, got, want)
		}
	}
}
