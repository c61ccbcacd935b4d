package text

import (
	"slices"
	"strings"
	"sync"
)

// Diminutives returns the full given names for which a short form stands («саша»:
// александр, александра, олександр, олександра), folded and without repetition,
// or nil when the table has none. Forms and names are Russian and Ukrainian, in
// Cyrillic; the argument is folded first, so «Лёша» is found. A full name is not
// its own short form.
func Diminutives(givenFolded string) []string {
	return slices.Clone(diminutiveIndex().full[Fold(givenFolded)])
}

// ShortForms returns the short forms of a full given name («дмитрий»: дима, митя …),
// the opposite of [Diminutives].
func ShortForms(fullFolded string) []string {
	return slices.Clone(diminutiveIndex().short[Fold(fullFolded)])
}

type diminutives struct {
	full  map[string][]string // short form to full names
	short map[string][]string // full name to short forms
}

// The index is made from the constant table on first use and never changes.
var diminutiveIndex = sync.OnceValue(func() diminutives {
	d := diminutives{full: map[string][]string{}, short: map[string][]string{}}
	for line := range strings.Lines(diminutiveTable) {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		for _, full := range words[1:] {
			if slices.Contains(d.full[words[0]], full) {
				continue
			}
			d.full[words[0]] = append(d.full[words[0]], full)
			d.short[full] = append(d.short[full], words[0])
		}
	}
	return d
})
