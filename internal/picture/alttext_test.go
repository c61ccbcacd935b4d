package picture

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/text"
)

// Both languages have every message, and the code asks for no other.
func TestLocale(t *testing.T) {
	c, err := text.Load(Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Check() {
		t.Error(err)
	}
	asked := map[string]bool{"picture.quarter.1": true, "picture.quarter.2": true, "picture.quarter.3": true, "picture.quarter.4": true,
		"picture.kind.map": true, "picture.kind.bars": true, "picture.kind.months": true, "picture.kind.lines": true,
		"picture.total_in_places": true, "picture.total_in_rows": true}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`say\([a-zA-Z.]+, "([a-z_]+)"[,)]|"picture\.([a-z_]+)"`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range call.FindAllStringSubmatch(string(source), -1) {
			asked["picture."+m[1]+m[2]] = true
		}
	}
	for key := range asked {
		if !c.Has("ru", key) {
			t.Errorf("the code asks for %q, the catalogue lacks it", key)
		}
	}
	for _, key := range c.Keys("ru") {
		if !asked[key] {
			t.Errorf("nothing asks for %q", key)
		}
	}
}

func TestAltText(t *testing.T) {
	const nb = "\u00a0"
	style := func(lang, title string) Style { return Style{Lang: lang, Title: title} }
	for _, c := range []struct{ name, got, want string }{
		{"map ru", MapOptions{Style: style("ru", "Задержания"), Bubbles: demoBubbles("ru"), Unit: "задержаний", Unknown: 14}.AltText(),
			"Карта: Задержания. Всего задержаний: 7" + nb + "206 в 4 местах. Наибольшее — Москва, 6" + nb +
				"631; далее Санкт-Петербург, 461; Нижегородская область, 81. Место не указано: 14."},
		{"map en, suppressed", MapOptions{Style: style("en", "Detentions"), Unit: "detentions", Threshold: 5,
			Bubbles: append(demoBubbles("en")[:1], Bubble{Label: "Tula", Suppressed: true})}.AltText(),
			"Map: Detentions. Total detentions: 6,631 in 1 place. The largest is Moscow, 6,631. 1 small number is hidden (fewer than 5)."},
		{"map ru, one place, demo", MapOptions{Style: Style{Lang: "ru", Watermark: "ДЕМО"}, Bubbles: demoBubbles("ru")[1:2]}.AltText(),
			"Карта. Пометка: ДЕМО. Всего записей: 461 в 1 месте. Наибольшее — Санкт-Петербург, 461."},
		{"map of countries", MapOptions{Style: style("ru", ""), Shades: []Shade{{Code: "BY", Value: 21}, {Code: "AM", Value: 5}}}.AltText(),
			"Карта. Всего записей: 26 в 2 местах. Наибольшее — Беларусь, 21; далее Армения, 5."},
		{"empty map", MapOptions{Style: style("ru", "")}.AltText(), "Карта. Данных нет."},
		{"empty bars", BarsOptions{Style: style("en", "")}.AltText(), "Bar chart. There are no data."},
		{"bars", BarsOptions{Style: style("ru", "Формы"), Bars: []Bar{{Label: "Митинг", Value: 2}, {Label: "Пикет", Value: 19}}}.AltText(),
			"Диаграмма: Формы. Всего записей: 21 в 2 строках. Наибольшее — Пикет, 19; далее Митинг, 2."},
		{"months", sampleMonths("ru", false).AltText(),
			"Гистограмма по времени: Задержания на публичных мероприятиях, 2011–2013. Пометка: ДЕМО. " +
				"Период: декабрь 2011 года — декабрь 2012 года. Всего задержаний: 4" + nb + "433. " +
				"Наибольшее — май 2012 года, 1" + nb + "976. Скрыто 1 малое число (меньше 5). Дата не указана: 3."},
		{"months en", MonthsOptions{Step: ByYear, Columns: []Column{{Period: Period{Year: 2012}, Value: 7}}}.AltText(),
			"Histogram over time. Period: 2012. Total records: 7."},
		{"lines", LinesOptions{Style: style("ru", ""), Step: ByYear, Start: Period{Year: 2011}, Lines: []Line{
			{"Обыски", []float64{3, 9, 5}}, {"Дела", []float64{math.NaN()}}}}.AltText(),
			"График. Обыски: 3 (2011 год) — 5 (2013 год), наибольшее 9 (2012 год). Дела: нет данных."},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, c.got, c.want)
		}
	}
}
