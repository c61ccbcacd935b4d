package text

import "testing"

// Each line is one name in the spellings that documents really use.
var sameName = [][]string{
	{"Щербаков", "Shcherbakov", "Scherbakov", "Ščerbakov", "Scerbakov", "Chtcherbakov", "Schtscherbakow", "Szczerbakow", "Ŝerbakov"},
	{"Хасан", "Khasan", "Hasan", "Xasan", "Ҳасан", "Гасан", "Həsən"},
	{"Цой", "Tsoy", "Tsoi", "Coj", "Tzoy"},
	{"Юлия", "Yulia", "Yuliya", "Julija", "Iuliia", "Iuliya", "Юлія"},
	{"Александр", "Aleksandr", "Alexander", "Alexandr", "Aleksander"},
	{"Евгений", "Evgenii", "Yevgeny", "Yevgeniy", "Evgeny", "Jevgenij", "Evgenij", "Евгеній"},
	{"Дмитрий", "Dmitry", "Dmitri", "Dmitrii", "Dmitriy", "Dmitrij"},
	{"Сергей", "Sergey", "Sergei", "Sergej"},
	{"Мухаммад", "Muhammad", "Mukhammad", "Муҳаммад", "Muxammad"},
	{"Юрий", "Yuri", "Yury", "Yuriy", "Iurii", "Jurij", "Юрій"},
	{"Хрущёв", "Хрущев", "Khrushchev", "Khrushchyov", "Hruščëv", "Khrouchtchev"},
	{"Людмила", "Lyudmila", "Liudmila", "Ljudmila", "Ludmila"},
	{"Наталья", "Natalia", "Natalya", "Natal'ya", "Natalja", "Наталия", "Nataliia", "Nataliya"},
	{"Васильев", "Vasilyev", "Vasiliev", "Vasilev", "Vasil'ev", "Vasil’ev", "Vasiljev"},
	{"Пётр", "Петр", "Pyotr", "Petr", "Piotr", "Pjotr", "Peter"},
	{"Фёдоров", "Fyodorov", "Fedorov", "Fjodorov", "Fëdorov"},
	{"Семён", "Semyon", "Semen", "Semën", "Semion"},
	{"Ельцин", "Yeltsin", "Eltsin", "El'cin"},
	{"Зеленский", "Зеленський", "Zelensky", "Zelenskyy", "Zelenskyi", "Zelenskiy", "Zelenskij", "Zelenski"},
	{"Высоцкий", "Vysotsky", "Vysockij", "Vysotskii", "Wysocki", "Висоцький"},
	{"Грищенко", "Hryshchenko", "Grishchenko", "Gryshchenko", "Hryščenko"},
	{"Шевченко", "Shevchenko", "Ševčenko", "Chevtchenko", "Schewtschenko"},
	{"Жданова", "Zhdanova", "Ždanova", "Jdanova"},
	{"Алиев", "Aliyev", "Aliev", "Alijev", "Əliyev"},
	{"Джамал", "Jamal", "Dzhamal", "Djamal", "Džamal", "Ҷамал"},
	{"Петросян", "Petrosyan", "Petrosian", "Պետրոսյան"},
	{"Геворг", "Gevorg", "Գևորգ", "Guevorg"},
	{"Саакашвили", "Saakashvili", "სააკაშვილი"},
	{"Гиорги", "Giorgi", "გიორგი"},
	{"Кузнецов", "Kuznetsov", "Kuznecov", "Kouznetsov", "Kuznetzov"},
	{"Романов", "Romanov", "Romanoff", "Romanow", "Романофф"},
	{"Ильич", "Ilyich", "Il'ich", "Il’ič", "Ilich"},
	{"Анатольевич", "Anatolyevich", "Anatolevich", "Anatol'evič", "Anatolievich", "Anatoljevic"},
	{"Нурсултан", "Nursultan", "Нұрсұлтан"},
	{"Қасым", "Касым", "Kasym", "Qasym", "Kassym"},
	{"Ибраимов", "Ibraimov", "Ибраӣмов"},
	{"Ксения", "Kseniya", "Xenia", "Ksenija", "Ксенія"},
	{"Михайлов", "Mikhailov", "Mihajlov", "Mikhaylov", "Michailow"},
	{"Чубайс", "Chubais", "Čubajs", "Chubays", "Tchoubais"},
	{"Воронцов", "Vorontsov", "Voroncov"},
	{"Давлет", "Davlet", "Daulet", "Даулет"},
	{"O'ktam", "Oʻktam", "Ўктам", "Oktam"},
	{"Yıldız", "Yildiz", "Йилдиз"},
}

func TestNameKeySameName(t *testing.T) {
	for _, spellings := range sameName {
		want := NameKey(spellings[0])
		if want == "" {
			t.Errorf("%s has no key", spellings[0])
		}
		for _, s := range spellings[1:] {
			if got := NameKey(s); got != want {
				t.Errorf("NameKey(%s) = %s, NameKey(%s) = %s", s, got, spellings[0], want)
			}
		}
	}
}

// Frequent names that a reader must never see mixed.
func TestNameKeyKeepsApart(t *testing.T) {
	names := []string{
		"Иванов", "Иванова", "Иваненко", "Ивановский", "Иван", "Петров", "Петренко", "Петрова", "Смирнов", "Сидоров", "Попов",
		"Павлов", "Павленко", "Козлов", "Волков", "Соколов", "Орлов", "Морозов", "Мороз", "Новиков", "Федоров", "Федорова",
		"Александр", "Александра", "Алексей", "Алёна", "Елена", "Анна", "Яна", "Анастасия", "Мария", "Марина", "Дарья", "Дмитрий",
		"Сергей", "Юлия", "Ульяна", "Ирина", "Игорь", "Егор", "Олег", "Ольга", "Павел", "Полина", "Роман", "Руслан", "Рустам",
		"Тимур", "Тимофей", "Жанна", "Шевченко", "Бондаренко", "Коваленко", "Чернов", "Чернышев", "Щербаков", "Шубин", "Чубин", "Цветков",
		"Светлов", "Каримов", "Керимов", "Рахимов", "Рахманов", "Ахмедов", "Мамедов", "Магомедов", "Алиев", "Валиев", "Садыков", "Саидов",
	}
	seen := map[string]string{}
	for _, n := range names {
		k := NameKey(n)
		if other, ok := seen[k]; ok {
			t.Errorf("%s and %s share the key %s", n, other, k)
		}
		seen[k] = n
	}
}

func TestNameKeyOfNothing(t *testing.T) {
	for _, s := range []string{"", "123", "—", "日本", "\xff\xfe", "'"} {
		if k := NameKey(s); k != "" {
			t.Errorf("NameKey(%q) = %q", s, k)
		}
	}
}

func BenchmarkNameKey(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		NameKey("Щербаков")
		NameKey("Ščerbakov")
	}
}
