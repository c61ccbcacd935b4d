package demo

import (
	"fmt"

	"svod/internal/core"
	"svod/internal/text"
)

// The words from which titles of events are made. The sentences are ours: the
// source's descriptions are other people's.

// regions: «в Москве», "in Moscow", and how exactly the place is known.
var regions = map[string]struct {
	ru, en    string
	precision core.PlacePrecision
}{
	"RU-MOW": {"в Москве", "in Moscow", core.PreciseCity},
	"RU-SPE": {"в Санкт-Петербурге", "in Saint Petersburg", core.PreciseCity},
	"RU-NIZ": {"в Нижегородской области", "in Nizhny Novgorod Oblast", core.PreciseRegion},
	"RU-VOR": {"в Воронежской области", "in Voronezh Oblast", core.PreciseRegion},
}

var forms = map[string][2]string{
	"rally":         {"Митинг", "Rally"},
	"march":         {"Шествие", "March"},
	"picket":        {"Пикет", "Picket"},
	"single-picket": {"Одиночный пикет", "Single-person picket"},
	"direct-action": {"Акция прямого действия", "Direct action"},
	"individual":    {"Индивидуальный протест", "Individual protest"},
	"leafleting":    {"Раздача листовок", "Leafleting"},
	"occupy":        {"Протестный лагерь", "Protest camp"},
	"stroll":        {"Протестная прогулка", "Protest stroll"},
	"stroll-occupy": {"Протестное гуляние с лагерем", "Protest stroll with a camp"},
	"eco-camp":      {"Экологический лагерь", "Environmental camp"},
	"other":         {"Протестная акция", "Protest"},
}

// topics that read well after a form; the others are left to their own field.
var topics = map[string][2]string{
	"elections":              {"за честные выборы", "for fair elections"},
	"government":             {"против власти", "against the government"},
	"political-prisoners":    {"в поддержку политзаключённых", "in support of political prisoners"},
	"pussy-riot-case":        {"по делу Pussy Riot", "over the Pussy Riot case"},
	"freedom-of-assembly-31": {"за свободу собраний", "for freedom of assembly"},
	"law-on-rallies":         {"против закона о митингах", "against the law on rallies"},
	"dima-yakovlev-law":      {"против «закона Димы Яковлева»", "against the “Dima Yakovlev law”"},
	"social":                 {"за социальные права", "for social rights"},
	"lgbtq":                  {"за права ЛГБТК+", "for LGBTQ+ rights"},
	"environment":            {"в защиту природы", "for the environment"},
	"antifascist":            {"против фашизма", "against fascism"},
}

// detained: «задержано 2 человека», by plural form.
var detained = map[string]map[string]string{
	"ru": {text.One: "задержан %s человек", text.Few: "задержано %s человека", text.Many: "задержано %s человек"},
	"en": {text.One: "%s person detained", text.Other: "%s people detained"},
}

// title is «Митинг за честные выборы в Москве, задержано 198 человек».
func (f fact) title() (core.Words, error) {
	form, known := forms[f.form]
	region, ok := regions[f.region]
	if !known || !ok {
		return nil, fmt.Errorf("%w: %s: no words for form %q in %q", errData, f.id, f.form, f.region)
	}
	title := core.Words{}
	for i, lang := range [...]string{"ru", "en"} {
		s := form[i]
		if t, ok := topics[f.topic]; ok && f.form != "eco-camp" {
			s += " " + t[i]
		}
		place := region.ru
		if lang == "en" {
			place = region.en
		}
		n := int64(f.detained)
		people := fmt.Sprintf(detained[lang][text.PluralForm(lang, n)], text.FormatNumber(lang, n))
		title[lang] = s + " " + place + ", " + people
	}
	return title, nil
}
