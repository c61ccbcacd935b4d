package core

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		in, want  string // want "" = same as in; "!key" = that error
		from, to  string
		precision Precision
		imprecise bool
	}{
		{"2012-05-06", "", "2012-05-06", "2012-05-06", PrecisionDay, false},
		{"2012-05", "", "2012-05-01", "2012-05-31", PrecisionMonth, true},
		{"2012", "", "2012-01-01", "2012-12-31", PrecisionYear, true},
		{"2012-05-06T14:30", "", "2012-05-06", "2012-05-06", PrecisionTime, false},
		{"2012-05-06T14:30:15Z", "", "2012-05-06", "2012-05-06", PrecisionTime, false},
		{"2012-05-06t14:30+03", "2012-05-06T14:30+03:00", "2012-05-06", "2012-05-06", PrecisionTime, false},
		{"2012-05-06T14:30+00:00", "2012-05-06T14:30Z", "2012-05-06", "2012-05-06", PrecisionTime, false},
		{"2012-05-XX", "", "2012-05-01", "2012-05-31", PrecisionMonth, true},
		{"2012-xx-xx", "2012-XX-XX", "2012-01-01", "2012-12-31", PrecisionYear, true},
		{"201X", "", "2010-01-01", "2019-12-31", PrecisionDecade, true},
		{"20XX", "", "2000-01-01", "2099-12-31", PrecisionCentury, true},
		{"XXXX-12-25", "", "0000-12-25", "9999-12-25", PrecisionCentury, true},
		{"201X-02-29", "", "2012-02-29", "2016-02-29", PrecisionDecade, true},
		{"2012-05~", "", "2012-05-01", "2012-05-31", PrecisionMonth, true},
		{"2012-05-06?", "", "2012-05-06", "2012-05-06", PrecisionDay, true},
		{"2012%", "", "2012-01-01", "2012-12-31", PrecisionYear, true},
		{"2012-22", "", "2012-06-01", "2012-08-31", PrecisionSeason, true},
		{"2012-24", "", "2012-01-01", "2012-12-31", PrecisionSeason, true},
		{"2012-05-06/2012-05-08", "", "2012-05-06", "2012-05-08", PrecisionRange, false},
		{"2012-05/..", "", "2012-05-01", "9999-12-31", PrecisionRange, true},
		{"../2012-05-06", "", "0000-01-01", "2012-05-06", PrecisionRange, true},
		{"2012-05-06/", "", "2012-05-06", "9999-12-31", PrecisionRange, true},
		{"2012-05~/2012-06-07", "", "2012-05-01", "2012-06-07", PrecisionRange, true},
		{"[2012-05-06, 2012-05-07]", "[2012-05-06,2012-05-07]", "2012-05-06", "2012-05-07", PrecisionAlternatives, true},
		{"[2012-05-04..2012-05-06]", "", "2012-05-04", "2012-05-06", PrecisionAlternatives, true},
		{"[..2012]", "", "0000-01-01", "2012-12-31", PrecisionAlternatives, true},
		{"{2012-05-04,2012-05-06}", "", "2012-05-04", "2012-05-06", PrecisionAlternatives, false},
		{"[2012-05-06]", "2012-05-06", "2012-05-06", "2012-05-06", PrecisionDay, false},
		{" 2012-05-06 ", "2012-05-06", "2012-05-06", "2012-05-06", PrecisionDay, false},

		{in: "2012-02-30", want: "!error.date_day"},
		{in: "2012-13", want: "!error.date_month"},
		{in: "2012-21-05", want: "!error.date_month"},
		{in: "2012-XX-05", want: "!error.date_mask"},
		{in: "2X12", want: "!error.date_mask"},
		{in: "12-05-06", want: "!error.date_year"},
		{in: "2012-05-06T25:00", want: "!error.date_time"},
		{in: "2012-05T10:00", want: "!error.date_time"},
		{in: "2012-05-08/2012-05-06", want: "!error.date_order"},
		{in: "../..", want: "!error.date_range"},
		{in: "[2012", want: "!error.date_set"},
		{in: "[]", want: "!error.date_year"},
		{in: "{2012-05-04..}", want: "!error.date_set"},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in)
		if tt.want == "" {
			tt.want = tt.in
		}
		if err != nil {
			if "!"+err.(*Error).Key != tt.want {
				t.Errorf("ParseDate(%q): %v, want %s", tt.in, err, tt.want)
			}
			continue
		}
		from, to := d.Bounds()
		if d.String() != tt.want || from.String() != tt.from || to.String() != tt.to || d.Precision() != tt.precision || d.Imprecise() != tt.imprecise {
			t.Errorf("ParseDate(%q) = %s, %s–%s, %s, imprecise %v", tt.in, d, from, to, d.Precision(), d.Imprecise())
		}
		checkDate(t, d)
	}
}

// checkDate asserts what holds for every date.
func checkDate(t *testing.T, d Date) {
	t.Helper()
	again, err := ParseDate(d.String())
	if err != nil || again != d {
		t.Fatalf("%q read back as %q, %v", d, again, err)
	}
	if d.IsZero() {
		return
	}
	from, to := d.Bounds()
	if !from.Valid() || !to.Valid() || to.Before(from) {
		t.Fatalf("%q has bounds %v, %v", d, from, to)
	}
	for _, lang := range []string{"ru", "en"} {
		if d.Format(lang) == "" {
			t.Fatalf("%q has no words in %s", d, lang)
		}
	}
	if date, kind := d.HURIDOCS(); date != "" {
		if _, err := DateFromHURIDOCS(date, kind); err != nil {
			t.Fatalf("%q as HURIDOCS %q %q: %v", d, date, kind, err)
		}
	}
	if d.SortKey() <= (Date{}).SortKey() {
		t.Fatalf("%q sorts before no date", d)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2012-05-06", "201X-02-29", "[2012-05-06..2012-05-08,2013]", "2012-05~/..", "2012-05-06T14:30:00+03:00", "{2012,2013}", "/2012", "0000-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil {
			checkDate(t, d)
		} else if !d.IsZero() {
			t.Fatal("a date beside an error")
		}
	})
}

func TestDateFormat(t *testing.T) {
	tests := []struct{ in, ru, en string }{
		{"2012-05-06", "6 мая 2012 г.", "6 May 2012"},
		{"2012-05", "май 2012 г.", "May 2012"},
		{"2012", "2012 г.", "2012"},
		{"2012-05~", "около мая 2012 г.", "about May 2012"},
		{"2012-05-06?", "предположительно 6 мая 2012 г.", "possibly 6 May 2012"},
		{"2012%", "предположительно около 2012 г.", "possibly about 2012"},
		{"2012-05-XX", "май 2012 г., день неизвестен", "May 2012, day unknown"},
		{"2012-XX-XX", "2012 г., месяц и день неизвестны", "2012, month and day unknown"},
		{"201X", "2010-е гг.", "the 2010s"},
		{"201X~", "около 2010-х гг.", "about the 2010s"},
		{"20XX", "2000–2099 гг.", "2000–2099"},
		{"XXXX-12-25", "25 декабря, год неизвестен", "25 December, year unknown"},
		{"2012-21", "весна 2012 г.", "spring 2012"},
		{"2012-05-06T14:30+03:00", "6 мая 2012 г., 14:30 (UTC+3)", "6 May 2012, 14:30 (UTC+3)"},
		{"2012-05-04/2012-05-06", "4–6 мая 2012 г.", "4–6 May 2012"},
		{"2012-04-28/2012-05-02", "28 апреля – 2 мая 2012 г.", "28 April – 2 May 2012"},
		{"2011-12-30/2012-01-02", "30 декабря 2011 г. – 2 января 2012 г.", "30 December 2011 – 2 January 2012"},
		{"2012-05/2012-06", "май–июнь 2012 г.", "May–June 2012"},
		{"2011/2012", "2011–2012 гг.", "2011–2012"},
		{"2012-05~/2012-06-06", "с мая 2012 г. (примерно) по 6 июня 2012 г.", "from about May 2012 to 6 June 2012"},
		{"2012-21/2012-06-06", "с весны 2012 г. по 6 июня 2012 г.", "from spring 2012 to 6 June 2012"},
		{"2012-05/..", "с мая 2012 г.", "from May 2012"},
		{"2012-05-05~/2012-05-06~", "около 5–6 мая 2012 г.", "about 5–6 May 2012"},
		{"2012-05~/2012-06~", "около мая–июня 2012 г.", "about May–June 2012"},
		{"2012-05-06/", "с 6 мая 2012 г., окончание неизвестно", "from 6 May 2012, end unknown"},
		{"../2012-05-06", "по 6 мая 2012 г.", "until 6 May 2012"},
		{"2012-05-06T14:30/2012-05-06T18:00", "6 мая 2012 г., 14:30–18:00", "6 May 2012, 14:30–18:00"},
		{"[2012-05-05,2012-05-06]", "5 или 6 мая 2012 г.", "5 or 6 May 2012"},
		{"[2012-05-06,2012-06-05]", "6 мая или 5 июня 2012 г.", "6 May or 5 June 2012"},
		{"{2012-05-05,2012-05-06,2012-05-09}", "5, 6 и 9 мая 2012 г.", "5, 6 and 9 May 2012"},
		{"[2012-05-04..2012-05-06]", "между 4 и 6 мая 2012 г.", "between 4 and 6 May 2012"},
		{"[2012-05..2012-06]", "между маем и июнем 2012 г.", "between May and June 2012"},
		{"[..2012-05]", "не позднее мая 2012 г.", "no later than May 2012"},
		{"[2012-05-06..]", "не ранее 6 мая 2012 г.", "no earlier than 6 May 2012"},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in)
		if err != nil {
			t.Fatal(tt.in, err)
		}
		if ru, en := d.Format("ru"), d.Format("en-GB"); ru != tt.ru || en != tt.en {
			t.Errorf("%s:\n got %q, %q\nwant %q, %q", tt.in, ru, en, tt.ru, tt.en)
		}
	}
}

func TestDateHURIDOCS(t *testing.T) {
	tests := []struct{ in, date, kind, back string }{
		{"2012-05-06", "2012-05-06", "", "2012-05-06"},
		{"2012-05", "2012-05-01", "Unknown day", "2012-05"},
		{"2012-05-XX", "2012-05-01", "Unknown day", "2012-05"},
		{"2012", "2012-01-01", "Unknown month and day", "2012"},
		{"2012-05-06~", "2012-05-06", "Estimate", "2012-05-06~"},
		{"2012-05~", "2012-05-01", "Estimate", "2012-05-01~"},
		{"[2012-05-06,2012-05-07]", "2012-05-06", "Estimate", "2012-05-06~"},
		{"2012-05-06/2012-05-08", "2012-05-06", "Estimate", "2012-05-06~"},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		d, _ := ParseDate(tt.in)
		date, kind := d.HURIDOCS()
		back, err := DateFromHURIDOCS(date, kind)
		if date != tt.date || kind != tt.kind || back.String() != tt.back || err != nil {
			t.Errorf("%s: %q %q back %q %v", tt.in, date, kind, back, err)
		}
	}
	if d, err := DateFromHURIDOCS("2012-05-00", "unknown DAY"); err != nil || d.String() != "2012-05" {
		t.Error(d, err)
	}
	if _, err := DateFromHURIDOCS("2012-05-01", "Guess"); KindOf(err) != KindInvalid {
		t.Error("an unknown type of date was accepted")
	}
}

func TestDateSortKey(t *testing.T) {
	order := []string{"", "../2012", "2011-12-31", "2012-01-01", "2012-01-01T09:00", "2012-01-01T18:30", "2012-01-01/2012-01-03", "2012-01", "2012", "201X-05", "2012-01-02"}
	order[9] = "2012/2013"
	for i := 1; i < len(order); i++ {
		a, _ := ParseDate(order[i-1])
		b, _ := ParseDate(order[i])
		if a.SortKey() >= b.SortKey() {
			t.Errorf("%q does not sort before %q", a, b)
		}
	}
}

func TestDateStartEnd(t *testing.T) {
	d, _ := ParseDate("2012-05~/..")
	if d.Start().String() != "2012-05~" || !d.End().IsZero() {
		t.Error(d.Start(), d.End())
	}
	d, _ = ParseDate("2012-05-06")
	if d.Start() != d || d.End() != d {
		t.Error("a single date is its own start and end")
	}
}

func TestDateJSON(t *testing.T) {
	var v struct{ D, E Date }
	if err := json.Unmarshal([]byte(`{"D":"2012-05-xx","E":""}`), &v); err != nil {
		t.Fatal(err)
	}
	if b, _ := json.Marshal(v); string(b) != `{"D":"2012-05-XX","E":""}` {
		t.Errorf("%s", b)
	}
	if err := json.Unmarshal([]byte(`{"D":"May"}`), &v); err == nil {
		t.Error("a bad date was accepted")
	}
}

func TestDays(t *testing.T) {
	for n := -720000; n < 2900000; n += 997 {
		d := DayFromDays(n)
		if d.Days() != n {
			t.Fatalf("%d becomes %v becomes %d", n, d, d.Days())
		}
		if want := time.Unix(int64(n)*86400, 0).UTC(); d != (Day{want.Year(), int(want.Month()), want.Day()}) {
			t.Fatalf("day %d is %v, want %v", n, d, want)
		}
	}
	if !MinDay.Before(MaxDay) || MinDay.Compare(MinDay) != 0 {
		t.Error("compare")
	}
}
