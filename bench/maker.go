package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"svod/internal/core"
)

// maker makes synthetic events: a short title, a date over twelve years, a
// region, a form and a topic of assembly, a number of people, and a sealed
// description of 60 words whose frequencies fall off as those of a language do.
type maker struct {
	rnd   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

func newMaker(seed uint64) *maker {
	rnd := rand.New(rand.NewPCG(seed, 42))
	m := &maker{rnd: rnd}
	for _, stem := range stems {
		for _, end := range endings {
			m.words = append(m.words, stem+end)
		}
	}
	// A long tail of rare words: names, streets, numbers of cases.
	for i := range 20_000 {
		m.words = append(m.words, stems[i%len(stems)]+syllables[i%len(syllables)]+syllables[i/7%len(syllables)]+endings[i%len(endings)])
	}
	m.zipf = rand.NewZipf(rnd, 1.1, 8, uint64(len(m.words)-1))
	return m
}

func (m *maker) text(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		if i%17 == 3 {
			b.WriteString("сотрудники полиции ")
		}
		b.WriteString(m.words[m.zipf.Uint64()])
	}
	return b.String()
}

func pick(rnd *rand.Rand, from []string) string { return from[rnd.IntN(len(from))] }

func (m *maker) event() core.Values {
	d, err := core.ParseDate(fmt.Sprintf("%d-%02d-%02d", 2012+m.rnd.IntN(12), 1+m.rnd.IntN(12), 1+m.rnd.IntN(28)))
	if err != nil {
		return nil
	}
	return core.Values{
		"title":          core.NoteValue("ru", "Задержания: "+m.text(4)),
		"initial_date":   core.DateValue(d),
		"places":         core.Value{Items: []core.Item{{Place: &core.Place{Code: pick(m.rnd, regions)}}}},
		"assembly_form":  core.TermValue(pick(m.rnd, forms)),
		"assembly_topic": core.TermValue(pick(m.rnd, topics)),
		"detained":       core.NumberValue(float64(m.rnd.IntN(200))),
		"description":    core.NoteValue("ru", m.text(60)),
	}
}

var (
	stems = []string{"задержан", "митинг", "суд", "протокол", "адвокат", "обыск", "полици", "площад", "штраф", "арест",
		"свидетел", "заявлен", "жалоб", "постановлен", "следовател", "призывник", "военкомат", "журналист", "организац", "собран"}
	endings   = []string{"ие", "ием", "ия", "ов", "ами", "а", "у", "ы", "ой", "е"}
	syllables = []string{"ра", "ко", "ли", "ту", "мен", "ваш", "ор", "ин", "сте", "бол", "гри", "ща"}
	regions   = []string{"RU-MOW", "RU-SPE", "RU-NIZ", "RU-VOR", "RU-SVE", "RU-NVS", "UA-30", "UA-63", "BY-HM", "KZ-75", "AM-ER", "GE-TB", "MD-CU", "TJ-DU", "UZ-TK", "AZ-BA"}
	forms     = []string{"rally", "picket", "single-picket", "march", "direct-action", "individual", "leafleting", "stroll"}
	topics    = []string{"political-prisoners", "government", "social", "elections", "environment", "lgbtq", "other"}
)
