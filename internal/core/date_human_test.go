package core

import "testing"

const both = OrderUnknown

// humanDates are dates as people typed them.
var humanDates = []struct {
	in    string
	order DateOrder
	want  string // EDTF, or the key of the error
	vague bool
}{
	{"04.12.2011", both, "2011-12-04", false},
	{"4.12.11", both, "2011-12-04", false},
	{"4.12.75", both, "1975-12-04", false},
	{"2011-12-05", both, "2011-12-05", false},
	{"20111205", both, "2011-12-05", false},
	{"20.12.2011 00:00:00", both, "2011-12-20", false},
	{"2011-12-20 14:30", both, "2011-12-20T14:30", false},
	{"20.12.2011, 9:05", both, "2011-12-20T09:05", false},
	{"12/20/2011 2:30:00 PM", both, "2011-12-20T14:30:00", false},
	{"20.12.2011 12:00 am", both, "2011-12-20", false},
	{"20.12.2011 14:00 pm", both, "error.date_time", false},
	{"2011-12-20T00:00:00", both, "2011-12-20", false},
	{"2012-05-06T14:30:00.000+03:00", both, "2012-05-06T14:30:00+03:00", false},
	{"6 декабря 2011 г.", both, "2011-12-06", false},
	{"«6» декабря 2011 года", both, "2011-12-06", false},
	{"06-дек-11", both, "2011-12-06", false},
	{"вс, 6 мая 2012", both, "2012-05-06", false},
	{"декабрь 2011", both, "2011-12", true},
	{"Декабря 2011", both, "2011-12", true},
	{"в декабре 2011 г.", both, "2011-12", true},
	{"12.2011", both, "2011-12", true},
	{"Dec 6, 2011", both, "2011-12-06", false},
	{"Sunday, December 6th, 2011", both, "2011-12-06", false},
	{"6 December 2011", both, "2011-12-06", false},
	{"6-Dec-2011", both, "2011-12-06", false},
	{"6 травня 2012 р.", both, "2012-05-06", false},
	{"6 траўня 2012", both, "error.date_expected", false},
	{"05/06/2012", both, "[2012-05-06,2012-06-05]", true},
	{"05/06/2012", OrderDayMonth, "2012-06-05", false},
	{"05/06/2012", OrderMonthDay, "2012-05-06", false},
	{"05.06.2012", OrderMonthDay, "2012-06-05", false},
	{"07/12/11", OrderDayMonth, "2011-12-07", false},
	{"19/01/12", both, "2012-01-19", false},
	{"01/19/12", both, "2012-01-19", false},
	{"06/06/12", both, "2012-06-06", false},
	{"ночь с 5 на 6 мая 2012", both, "[2012-05-05,2012-05-06]", true},
	{"в ночь на 1 мая 2012", both, "[2012-04-30,2012-05-01]", true},
	{"5-6.05.2012", both, "2012-05-05/2012-05-06", false},
	{"5–6 мая 2012 г.", both, "2012-05-05/2012-05-06", false},
	{"с 5 по 8 мая 2012", both, "2012-05-05/2012-05-08", false},
	{"May 5-6, 2012", both, "2012-05-05/2012-05-06", false},
	{"28.04-02.05.2012", both, "2012-04-28/2012-05-02", false},
	{"28 апреля – 2 мая 2012", both, "2012-04-28/2012-05-02", false},
	{"30 декабря - 2 января 2012", both, "2011-12-30/2012-01-02", false},
	{"04.05.2012-06.05.2012", both, "2012-05-04/2012-05-06", false},
	{"2012-05-04 - 2012-05-06", both, "2012-05-04/2012-05-06", false},
	{"6 мая 2012 14:30 - 18:00", both, "2012-05-06T14:30/2012-05-06T18:00", false},
	{"2011–2012 гг.", both, "2011/2012", true},
	{"май-июнь 2012", both, "2012-05/2012-06", true},
	{"5 или 6 мая 2012", both, "[2012-05-05,2012-05-06]", true},
	{"5, 6 и 9 мая 2012", both, "{2012-05-05,2012-05-06,2012-05-09}", false},
	{"между 4 и 6 мая 2012", both, "[2012-05-04..2012-05-06]", true},
	{"between 4 and 6 May 2012", both, "[2012-05-04..2012-05-06]", true},
	{"с мая 2012", both, "2012-05/..", true},
	{"до 6 мая 2012", both, "[..2012-05-06]", true},
	{"не позднее 6 мая 2012", both, "[..2012-05-06]", true},
	{"после 06.05.2012", both, "[2012-05-06..]", true},
	{"нач. мая 2012", both, "[2012-05-01..2012-05-10]", true},
	{"в конце февраля 2012", both, "[2012-02-21..2012-02-29]", true},
	{"mid-May 2012", both, "[2012-05-11..2012-05-20]", true},
	{"вторая половина мая 2012", both, "[2012-05-16..2012-05-31]", true},
	{"начало 2012 года", both, "[2012-01..2012-04]", true},
	{"1 квартал 2012", both, "[2012-01..2012-03]", true},
	{"Q3 2012", both, "[2012-07..2012-09]", true},
	{"ок. 2012", both, "2012~", true},
	{"около 6 мая 2012 г.", both, "2012-05-06~", true},
	{"~ май 2012", both, "2012-05~", true},
	{"ca. 2012", both, "2012~", true},
	{"6 мая 2012 (?)", both, "2012-05-06?", true},
	{"вероятно, около 2012", both, "2012%", true},
	{"весной 2012", both, "2012-21", true},
	{"осень 2012 г.", both, "2012-23", true},
	{"зима 2011/2012", both, "[2011-12..2012-02]", true},
	{"2010-е гг.", both, "201X", true},
	{"в 2010-х годах", both, "201X", true},
	{"90-е", both, "199X", true},
	{"the 1990s", both, "199X", true},
	{"2012", both, "2012", true},
	{"2012 год, май", both, "2012-05", true},
	{"Май, 6-е, 2012", both, "2012-05-06", false},
	{"с 1 мая 2012 по настоящее время", both, "2012-05-01/..", true},
	{"May 2012 – present", both, "2012-05/..", true},
	{"вечером 6 мая 2012", both, "2012-05-06", false},
	{"ок. 5–6 мая 2012", both, "2012-05-05~/2012-05-06~", true},
	{"2012 г.", both, "2012", true},
	{"XX.05.2012", both, "2012-05-XX", true},
	{"??.??.2012", both, "2012-XX-XX", true},
	{"00.05.2012", both, "2012-05-XX", true},
	{"2012-05-06/2012-05-08", both, "2012-05-06/2012-05-08", false},
	{"", both, "", false},
	{"40891", both, "error.date_serial", false},
	{"6 мая", both, "error.date_year", false},
	{"31.02.2012", both, "error.date_day", false},
	{"13.13.2012", both, "error.date_month", false},
	{"вчера", both, "error.date_expected", false},
	{"8.05-6.05.2012", both, "error.date_order", false},
	{"20 чел.", both, "error.date_expected", false},
	{"2012-05-06T25:00", both, "error.date_expected", false},
}

func TestParseHumanDate(t *testing.T) {
	for _, tt := range humanDates {
		got, vague, err := ParseHumanDate(tt.in, HumanDateOptions{Order: tt.order})
		text := got.String()
		if err != nil {
			text = err.(*Error).Key
		}
		if text != tt.want || vague != tt.vague {
			t.Errorf("ParseHumanDate(%q, order %d) = %q, %v; want %q, %v", tt.in, tt.order, text, vague, tt.want, tt.vague)
		}
	}
}

func TestTwoDigitYearOfBirth(t *testing.T) {
	o := HumanDateOptions{NotAfter: Day{2026, 11, 22}}
	for in, want := range map[string]string{"12.04.55": "1955-04-12", "12.04.26": "2026-04-12", "12.12.26": "1926-12-12"} {
		if d, _, err := ParseHumanDate(in, o); err != nil || d.String() != want {
			t.Errorf("%s = %s, %v; want %s", in, d, err, want)
		}
	}
}

func TestDateOrderOf(t *testing.T) {
	for in, want := range map[string]DateOrder{"19/01/12": OrderDayMonth, "01/19/2012": OrderMonthDay, "01/02/12": OrderUnknown, "2012-01-19": OrderUnknown, "x": OrderUnknown, "": OrderUnknown} {
		if got := DateOrderOf(in); got != want {
			t.Errorf("DateOrderOf(%q) = %d, want %d", in, got, want)
		}
	}
}

func FuzzParseHumanDate(f *testing.F) {
	for _, s := range []string{"5-6.05.2012", "ночь с 5 на 6 мая 2012", "нач. мая 2012", "05/06/12 14:30", "зима 2011/2012", "1 квартал 2012", "XX.05.2012"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, order uint8) {
		d, vague, err := ParseHumanDate(s, HumanDateOptions{Order: DateOrder(order % 3)})
		if err != nil {
			if !d.IsZero() {
				t.Fatal("a date beside an error")
			}
			return
		}
		if vague != d.Imprecise() {
			t.Fatal("imprecise differs")
		}
		checkDate(t, d)
	})
}
