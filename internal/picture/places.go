package picture

// landmark is a country that a map may name and where its name stands best.
type landmark struct {
	code, ru, en string
	lat, lon     float64
	// side is where a label of the country goes first: the Caucasus and
	// Moldova are too small to hold theirs, seas beside them are not.
	side side
}

// side is a direction from a bubble to its label.
type side int

const (
	below side = iota
	above
	right
	left
	rightBelow
	leftBelow
	rightAbove
	leftAbove
)

// home are the twelve countries of the region; neighbours are named only for
// orientation. Anchors are chosen by eye, not centroids. A test compares the
// names with the gazetteer of packs/geo.
func home() []landmark {
	return []landmark{
		{"RU", "Россия", "Russia", 60.5, 58.0, below},
		{"UA", "Украина", "Ukraine", 49.2, 31.6, below},
		{"BY", "Беларусь", "Belarus", 53.6, 28.0, below},
		{"MD", "Молдова", "Moldova", 47.1, 28.6, leftBelow},
		{"AM", "Армения", "Armenia", 40.3, 44.8, leftBelow},
		{"AZ", "Азербайджан", "Azerbaijan", 40.5, 48.6, right},
		{"GE", "Грузия", "Georgia", 42.1, 43.4, left},
		{"KZ", "Казахстан", "Kazakhstan", 48.2, 67.5, below},
		{"KG", "Кыргызстан", "Kyrgyzstan", 41.6, 75.0, right},
		{"TJ", "Таджикистан", "Tajikistan", 38.6, 70.6, below},
		{"TM", "Туркменистан", "Turkmenistan", 38.7, 60.4, below},
		{"UZ", "Узбекистан", "Uzbekistan", 41.9, 63.6, above},
	}
}

// neighbours are the countries around the region that a map names.
func neighbours() []landmark {
	return []landmark{
		{"PL", "Польша", "Poland", 52.2, 19.5, below},
		{"LT", "Литва", "Lithuania", 55.4, 23.8, below},
		{"LV", "Латвия", "Latvia", 56.9, 25.6, below},
		{"EE", "Эстония", "Estonia", 58.8, 25.8, below},
		{"FI", "Финляндия", "Finland", 63.5, 27.0, below},
		{"SE", "Швеция", "Sweden", 62.5, 15.5, below},
		{"NO", "Норвегия", "Norway", 61.5, 9.0, below},
		{"DE", "Германия", "Germany", 51.2, 10.4, below},
		{"SK", "Словакия", "Slovakia", 48.7, 19.6, below},
		{"HU", "Венгрия", "Hungary", 47.1, 19.5, below},
		{"RO", "Румыния", "Romania", 45.8, 24.9, below},
		{"BG", "Болгария", "Bulgaria", 42.7, 25.4, below},
		{"TR", "Турция", "Türkiye", 39.0, 34.5, below},
		{"IR", "Иран", "Iran", 34.5, 53.5, below},
		{"IQ", "Ирак", "Iraq", 33.5, 43.2, below},
		{"SY", "Сирия", "Syria", 35.0, 38.6, below},
		{"AF", "Афганистан", "Afghanistan", 34.3, 65.5, below},
		{"PK", "Пакистан", "Pakistan", 30.5, 69.5, below},
		{"IN", "Индия", "India", 27.0, 77.0, below},
		{"CN", "Китай", "China", 40.0, 86.0, below},
		{"MN", "Монголия", "Mongolia", 46.8, 103.0, below},
		{"JP", "Япония", "Japan", 36.5, 138.5, below},
	}
}

// name gives the name in the language of the picture.
func (l landmark) name(lang string) string {
	if pictureLang(lang) == "ru" {
		return l.ru
	}
	return l.en
}

// preferred gives the side for labels of the country of a code, and below for
// its regions.
func preferred(code string) side {
	for _, l := range home() {
		if l.code == code {
			return l.side
		}
	}
	return below
}
