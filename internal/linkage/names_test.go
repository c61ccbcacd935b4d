package linkage

import "testing"

// pairLevels compares two rows of surname, given name and patronymic.
func pairLevels(t *testing.T, a, b Row) (l levels, e *engine) {
	t.Helper()
	o, err := Options{Columns: []Column{{"f", KindFamily}, {"g", KindGiven}, {"p", KindPatronymic}}}.settled(2)
	if err != nil {
		t.Fatal(err)
	}
	if e, err = newEngine([]Row{a, b}, o); err != nil {
		t.Fatal(err)
	}
	e.compare(0, 1, &l)
	var back levels
	e.compare(1, 0, &back)
	if l != back {
		t.Errorf("%v, %v: levels %v one way, %v the other", a, b, l, back)
	}
	return l, e
}

func TestCompareNameParts(t *testing.T) {
	for _, c := range []struct {
		a, b          Row
		family, given uint8
		patronymic    uint8
		order         uint8
	}{
		{Row{"Щербаков", "Юрий", "Хасанович"}, Row{"Shcherbakov", "Yuriy", "Khasanovich"}, familySame, givenSame, patronymicSame, orderStraight},
		{Row{"Щербаков", "Юрий", "Петрович"}, Row{"Ščerbakov", "Jurij", "Petrovič"}, familySame, givenSame, patronymicSame, orderStraight},
		{Row{"Иванов", "Пётр", "Ильич"}, Row{"Ivanov", "Petr", "Ivanovich"}, familySame, givenSame, patronymicDiffer, orderStraight},
		{Row{"Иванов", "Пётр", "Петрович"}, Row{"Иванов", "Петр", "Павлович"}, familySame, givenSame, patronymicDiffer, orderStraight},
		{Row{"Иванов", "Пётр", "Александрович"}, Row{"Иванов", "Петр", "Алексеевич"}, familySame, givenSame, patronymicDiffer, orderStraight},
		{Row{"Иванов", "Пётр", "Егорович"}, Row{"Иванов", "Петр", "Игоревич"}, familySame, givenSame, patronymicDiffer, orderStraight},
		{Row{"Иванов", "Пётр", "Сергеевич"}, Row{"Иванов", "Петр", "Сергевич"}, familySame, givenSame, patronymicSame, orderStraight},
		{Row{"Иванов", "Пётр", "Никифорович"}, Row{"Иванов", "Петр", "Никфорович"}, familySame, givenSame, patronymicClose, orderStraight},
		{Row{"Иванова", "Анна", "Петровна"}, Row{"Иванова", "Аня", "П."}, familySame, givenShort, patronymicInitial, orderStraight},
		{Row{"Иванова", "Sasha", ""}, Row{"Иванова", "Александра", ""}, familySame, givenShort, 0, orderStraight},
		{Row{"Харитонов", "Х.", ""}, Row{"Kharitonov", "Kh.", ""}, familySame, givenInitial, 0, 0},
		{Row{"Харитонов", "Юлиан", ""}, Row{"Haritonov", "Ju.", ""}, familySame, givenInitial, 0, 0},
		{Row{"Иванов", "И.", ""}, Row{"Иванов", "Пётр", ""}, familySame, givenInitialDiffer, 0, 0},
		{Row{"Сергей", "Ковалёв", ""}, Row{"Kovalev", "Sergey", ""}, familySame, givenSame, 0, orderSwapped},
		{Row{"Петрова (Сидорова)", "Анна", ""}, Row{"Sidorova", "Anna", ""}, familySame, givenSame, 0, orderStraight},
		{Row{"Кoвалёв", "Сергей", ""}, Row{"Ковалев", "Cергей", ""}, familySame, givenSame, 0, orderStraight}, // Latin o and C inside
		{Row{"Ковалёв", "Сергей", ""}, Row{"Каволев", "Зинаида", ""}, familyClose, givenOther, 0, 0},
		{Row{"Ковалёв", "Сергей", ""}, Row{"Ковалёв", "Абвгдей", ""}, familySame, givenDiffer, 0, 0},
		{Row{"Ковалёва", "Марина", ""}, Row{"Ковалёва", "Мария", ""}, familySame, givenNear, 0, 0},
	} {
		l, e := pairLevels(t, c.a, c.b)
		got := [4]uint8{l[e.family], l[e.given], l[e.patronymic], l[e.order]}
		if want := [4]uint8{c.family, c.given, c.patronymic, c.order}; got != want {
			t.Errorf("%v, %v: levels %v, want %v", c.a, c.b, got, want)
		}
	}
}

func TestFullNameRoles(t *testing.T) {
	for _, c := range []struct {
		name                      string
		family, given, patronymic string
		familyFirst               bool
	}{
		{"Иванов Пётр Ильич", "ivanov", "petr", "", true},
		{"Иванова Анна Петровна", "ivanova", "ana", "petrovna", false},
		{"Анна Петровна Иванова", "ivanova", "ana", "petrovna", false},
		{"Ivanova, Anna Petrovna", "ivanova", "ana", "petrovna", false},
		{"А. П. Иванова", "ivanova", "a", "p", false},
		{"Иванова А.П.", "ivanova", "a", "p", false},
		{"John Smith", "smit", "", "", false},
		{"Смирнов Иван", "smirnov", "ivan", "", true},
	} {
		f, g, p := roles(splitName(c.name), c.familyFirst)
		check := func(role string, parts []namePart, want string) {
			if want != "" && (len(parts) != 1 || parts[0].folded != want) {
				t.Errorf("%s: %s is %v, want %s", c.name, role, parts, want)
			}
		}
		check("surname", f, c.family)
		if c.family != "smit" {
			check("given name", g, c.given)
		}
		check("patronymic", p, c.patronymic)
	}
}
