package linkage_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"svod/internal/linkage"
)

// cisColumns are the columns of the generated rows.
var cisColumns = []linkage.Column{{Name: "id", Kind: linkage.KindID}, {Name: "org", Kind: linkage.KindList},
	{Name: "family", Kind: linkage.KindFamily}, {Name: "given", Kind: linkage.KindGiven}, {Name: "patronymic", Kind: linkage.KindPatronymic},
	{Name: "dob", Kind: linkage.KindBirth}, {Name: "sex", Kind: linkage.KindSex}, {Name: "region", Kind: linkage.KindPlace},
	{Name: "event_date", Kind: linkage.KindDate}, {Name: "article", Kind: linkage.KindCategory}}

// generated is a table of invented people with the truth beside it.
type generated struct {
	rows  []linkage.Row
	truth []string
}

type person struct {
	family, given, patronymic, region string
	female                            bool
	birth, event                      time.Time
	article                           string
}

// generate invents about n rows by the description in LINKAGE.md: names drawn by
// Zipf's law, one to six records of a person (45 % have more than one), six
// organisations with two alphabets and four ways of romanising, and its noise.
func generate(seed uint64, n int) generated { return generateIn(schemes, seed, n) }

func generateIn(schemes [6][]string, seed uint64, n int) generated {
	rng := rand.New(rand.NewPCG(seed, 77))
	men, women, stems := inventNames(rng, n)
	var out generated
	for p := 0; len(out.rows) < n; p++ {
		who := person{female: rng.Float64() < .4}
		stem := stems[zipf(rng, len(stems), .7)]
		who.given = men[zipf(rng, len(men), .6)]
		who.patronymic = fatherOf(men[zipf(rng, len(men), .8)], who.female)
		who.family = stem
		if who.female {
			who.given = women[zipf(rng, len(women), .6)]
			who.family = feminine(stem)
		}
		who.region = regions[zipf(rng, len(regions), .6)]
		who.birth = time.Date(1935, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(70*365))
		who.event = time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(13*365))
		who.article = articles[rng.IntN(len(articles))]
		records := 1
		if rng.Float64() < .45 {
			records = 2
			for records < 6 && rng.Float64() < .4 {
				records++
			}
		}
		for range records {
			out.rows = append(out.rows, who.record(rng, &schemes, len(out.rows)))
			out.truth = append(out.truth, fmt.Sprint("p", p))
		}
	}
	rng.Shuffle(len(out.rows), func(i, j int) {
		out.rows[i], out.rows[j] = out.rows[j], out.rows[i]
		out.truth[i], out.truth[j] = out.truth[j], out.truth[i]
	})
	return out
}

func (p person) record(rng *rand.Rand, schemes *[6][]string, number int) linkage.Row {
	org := rng.IntN(6)
	chance := func(x float64) bool { return rng.Float64() < x }
	family, given, patronymic := p.family, p.given, p.patronymic
	if chance(.12) {
		if short := shortForms[given]; short != "" {
			given = short
		}
	}
	if chance(.18) {
		family = typo(rng, family)
	}
	if chance(.08) {
		given = typo(rng, given)
	}
	family, given, patronymic = romanise(family, schemes[org]), romanise(given, schemes[org]), romanise(patronymic, schemes[org])
	if chance(.10) {
		given = string([]rune(given)[:1]) + "."
	}
	switch {
	case chance(.35):
		patronymic = ""
	case chance(.12):
		patronymic = string([]rune(patronymic)[:1]) + "."
	}
	if chance(.04) {
		family, given = given, family
	}
	birth := p.birth
	if chance(.06) {
		birth = birth.AddDate(1-2*rng.IntN(2), 0, 0)
	}
	dob := birth.Format("2006-01-02")
	switch {
	case chance(.25):
		dob = ""
	case chance(.08):
		dob = dob[:4]
	case chance(.05) && birth.Day() <= 12:
		dob = fmt.Sprintf("%04d-%02d-%02d", birth.Year(), birth.Day(), birth.Month())
	}
	region := p.region
	if chance(.10) {
		region = regions[rng.IntN(len(regions))]
	}
	event := p.event
	if chance(.4) {
		event = event.AddDate(0, 0, rng.IntN(29)-14)
	}
	date, article, sex := event.Format("2006-01-02"), p.article, "m"
	if p.female {
		sex = "f"
	}
	if chance(.15) {
		date = ""
	}
	if chance(.3) {
		article = ""
	}
	if chance(.1) {
		sex = ""
	}
	return linkage.Row{fmt.Sprint("r", number), fmt.Sprint("org", org+1), family, given, patronymic, dob, sex, region, date, article}
}

// zipf draws a rank with a weight falling as rank^-s.
func zipf(rng *rand.Rand, n int, s float64) int {
	return min(int(float64(n)*math.Pow(rng.Float64(), 1/(1-s))), n-1)
}

func typo(rng *rand.Rand, s string) string {
	r := []rune(s)
	if len(r) < 4 {
		return s
	}
	at := 1 + rng.IntN(len(r)-2)
	switch rng.IntN(4) {
	case 0:
		return string(append(r[:at:at], r[at+1:]...))
	case 1:
		r[at], r[at+1] = r[at+1], r[at]
		return string(r)
	case 2:
		r[at] = []rune("аеиокнрст")[rng.IntN(9)]
		return string(r)
	}
	return string(r[:at]) + string(r[at-1]) + string(r[at:])
}

var schemes = [6][]string{nil, nil,
	strings.Fields("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
	strings.Fields("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"),
	strings.Fields("a b v g d e jo zh z i j k l m n o p r s t u f h c ch sh sch - y - e ju ja"),
	strings.Fields("a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč - y - è ju ja"),
}

func romanise(s string, scheme []string) string {
	if scheme == nil {
		return s
	}
	var b strings.Builder
	for i, r := range []rune(strings.ToLower(s)) {
		at := strings.Index("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", string(r)) / 2
		out := scheme[at]
		if out == "-" {
			out = ""
		}
		if i == 0 && out != "" {
			u := []rune(out)
			out = strings.ToUpper(string(u[0])) + string(u[1:])
		}
		b.WriteString(out)
	}
	return b.String()
}

func fatherOf(name string, female bool) string {
	end := [2]string{"ович", "овна"}
	r := []rune(name)
	switch r[len(r)-1] {
	case 'й':
		r, end = r[:len(r)-1], [2]string{"евич", "евна"}
	case 'ь':
		r, end = r[:len(r)-1], [2]string{"евич", "евна"}
	case 'а', 'я':
		r, end = r[:len(r)-1], [2]string{"ич", "ична"}
	}
	if female {
		return string(r) + end[1]
	}
	return string(r) + end[0]
}

func feminine(family string) string {
	switch {
	case strings.HasSuffix(family, "ский"):
		return strings.TrimSuffix(family, "ий") + "ая"
	case strings.HasSuffix(family, "ов"), strings.HasSuffix(family, "ев"), strings.HasSuffix(family, "ин"):
		return family + "а"
	}
	return family
}

// inventNames builds surnames from syllables, so that there are many of them and
// none is anybody's in particular.
func inventNames(rng *rand.Rand, n int) (men, women, families []string) {
	men = strings.Fields(`Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Николай Владимир Артём Павел Юрий Виктор
Игорь Олег Антон Роман Кирилл Денис Илья Константин Никита Егор Вадим Георгий Пётр Тимур Руслан Григорий Борис Леонид Фёдор Степан
Семён Захар Матвей Эдуард Харитон Юлиан Яков Шамиль Аркадий Лев Глеб Марк Прохор Савелий Трофим Ефим Игнат Лука Рустам Ибрагим`)
	women = strings.Fields(`Елена Ольга Наталья Анна Мария Татьяна Ирина Екатерина Светлана Анастасия Юлия Марина Людмила Дарья Галина
Надежда Ксения Виктория Александра Евгения Любовь Вера Полина Оксана Яна Алина Карина Зоя Лариса Валентина Нина Элла Жанна Софья`)
	starts := strings.Fields("Ба Ве Го Ду Жи За Ко Ла Ме Ни По Ру Са То Фе Хо Цы Че Ше Щу Ю Я Кра Сто Гри Вла Пле Сне Тру Хри")
	middles := strings.Fields("ба ве ги до жу зы ка ле ми но пу ры ся те фи хо це чи шо")
	ends := strings.Fields("ров лев нин сский ленко дзе ков тьев рин ляков мянов щенков хин цын")
	seen := map[string]bool{}
	for len(men) < 340 {
		name := starts[rng.IntN(len(starts))] + middles[rng.IntN(len(middles))]
		if !seen[name] {
			seen[name] = true
			men = append(men, name+"н")
			women = append(women, name+"на")
		}
	}
	for len(families) < max(n/12, 2000) {
		f := starts[rng.IntN(len(starts))]
		for range 1 + rng.IntN(2) {
			f += middles[rng.IntN(len(middles))]
		}
		f += ends[rng.IntN(len(ends))]
		if !seen[f] {
			seen[f] = true
			families = append(families, f)
		}
	}
	return men, women, families
}

var shortForms = map[string]string{"Александр": "Саша", "Сергей": "Серёжа", "Дмитрий": "Дима", "Алексей": "Лёша", "Евгений": "Женя",
	"Иван": "Ваня", "Михаил": "Миша", "Николай": "Коля", "Владимир": "Вова", "Павел": "Паша", "Юрий": "Юра", "Елена": "Лена",
	"Ольга": "Оля", "Наталья": "Наташа", "Анна": "Аня", "Мария": "Маша", "Татьяна": "Таня", "Екатерина": "Катя", "Анастасия": "Настя"}

// regions are 80 names, no two of which are alike.
var regions = func() (out []string) {
	for i, kind := range []string{" область", " край", "ский округ", " республика"} {
		for _, stem := range strings.Fields(`Томск Омск Пермь Тверь Самара Рязань Псков Коми Карелия Иркутск Приморье Курск Тула Чувашия Ростов
Орёл Вятка Брянск Алтай Якутск`) {
			out = append(out, stem+strings.Repeat("о", i)+kind)
		}
	}
	return out
}()

var articles = strings.Fields("20.2 20.3.3 19.3 212 275 280.3 318 207.3 338 284.1")
