package text

import (
	"math"
	"strings"
	"testing"
)

// visible shows no-break spaces as "_".
func visible(s string) string { return strings.ReplaceAll(s, nbsp, "_") }

func TestFormatNumber(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int64
		want string
	}{
		{"ru", 7206, "7_206"}, {"en", 7206, "7,206"}, {"az", 7206, "7.206"}, {"ro", 1234567, "1.234.567"}, {"uk", 1000000, "1_000_000"},
		{"ru", 0, "0"}, {"ru", 999, "999"}, {"ru", -1234, "−1_234"}, {"en", math.MinInt64, "−9,223,372,036,854,775,808"},
		{"ru-RU", 5169, "5_169"}, {"xx", 1000, "1_000"},
	} {
		if got := visible(FormatNumber(c.lang, c.n)); got != c.want {
			t.Errorf("FormatNumber(%s, %d) = %s, want %s", c.lang, c.n, got, c.want)
		}
	}
	if got := FormatNumber("en", uint64(math.MaxUint64)); got != "18,446,744,073,709,551,615" {
		t.Error(got)
	}
}

func TestFormatFloat(t *testing.T) {
	for _, c := range []struct {
		lang     string
		f        float64
		decimals int
		want     string
	}{
		{"ru", 1.5, -1, "1,5"}, {"en", 1.5, -1, "1.5"}, {"ru", 12345.678, 2, "12_345,68"}, {"en", 2, 1, "2.0"},
		{"en", -0.001, 1, "0.0"}, {"ru", -2.5, 1, "−2,5"}, {"en", math.NaN(), 1, "—"}, {"en", math.Inf(-1), 1, "−∞"},
	} {
		if got := visible(FormatFloat(c.lang, c.f, c.decimals)); got != c.want {
			t.Errorf("FormatFloat(%s, %v, %d) = %s, want %s", c.lang, c.f, c.decimals, got, c.want)
		}
	}
}

func TestFormatDate(t *testing.T) {
	for _, c := range []struct {
		lang    string
		y, m, d int
		want    string
	}{
		{"ru", 2011, 12, 4, "4_декабря 2011_г."}, {"en", 2011, 12, 4, "4_December 2011"}, {"uk", 2014, 2, 18, "18_лютого 2014_р."},
		{"be", 2020, 8, 9, "9_жніўня 2020_г."}, {"ro", 2009, 4, 7, "7_aprilie 2009"}, {"kk", 2022, 1, 5, "2022_ж. 5_қаңтар"},
		{"ky", 2010, 4, 7, "2010-ж., 7-апрель"}, {"tg", 1992, 5, 5, "5_майи 1992"}, {"uz", 2005, 5, 13, "2005-yil 13-may"},
		{"hy", 2018, 4, 23, "23_ապրիլի, 2018_թ."}, {"ka", 2019, 6, 20, "20_ივნისი, 2019"}, {"az", 2003, 10, 15, "15_oktyabr 2003"},
		{"ru", 2011, 12, 0, "декабрь 2011_г."}, {"en", 2011, 12, 0, "December 2011"}, {"ru", 2011, 0, 0, "2011_г."}, {"en", 2011, 0, 0, "2011"},
		{"ru", 0, 5, 9, "9_мая"}, {"ru", 0, 5, 0, "май"}, {"ru", 0, 0, 0, ""}, {"en", 2011, 13, 4, "2011"}, {"en", 2011, -1, 40, "2011"},
		{"ru-RU", 2024, 3, 1, "1_марта 2024_г."}, {"xx", 2024, 3, 1, "1_March 2024"},
	} {
		if got := visible(FormatDate(c.lang, c.y, c.m, c.d)); got != c.want {
			t.Errorf("FormatDate(%s, %d, %d, %d) = %q, want %q", c.lang, c.y, c.m, c.d, got, c.want)
		}
	}
	if FormatISO(2011, 12, 4) != "2011-12-04" || FormatISO(2011, 12, 0) != "2011-12" || FormatISO(987, 0, 0) != "0987" {
		t.Error("FormatISO")
	}
}

func TestMonthNames(t *testing.T) {
	for _, lang := range []string{"ru", "en", "uk", "be", "kk", "ky", "tg", "uz", "az", "ro", "hy", "ka"} {
		seen := map[string]bool{}
		for m := 1; m <= 12; m++ {
			name := MonthName(lang, m)
			if name == "" || seen[name] || monthInDate(lang, m) == "" {
				t.Errorf("%s: month %d is %q", lang, m, name)
			}
			seen[name] = true
		}
	}
	if MonthName("ru", 0) != "" || MonthName("ru", 13) != "" || MonthName("ru", 8) != "август" {
		t.Error("MonthName")
	}
	if got := visible(FormatMonth("ru", 2012, 5)); got != "май 2012_г." {
		t.Error(got)
	}
}

func TestFormatSize(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int64
		want string
	}{
		{"ru", 1, "1_байт"}, {"ru", 2, "2_байта"}, {"ru", 512, "512_байт"}, {"en", 1, "1_byte"}, {"en", 0, "0_bytes"}, {"uk", 5, "5_байтів"},
		{"ru", 1400000, "1,4_МБ"}, {"en", 1400000, "1.4_MB"}, {"en", 1000, "1_kB"}, {"en", 999949, "1_MB"}, {"en", 99940, "99.9_kB"}, {"en", 123456, "123_kB"},
		{"ru", 250_000_000_000, "250_ГБ"}, {"en", math.MaxInt64, "9.2_EB"},
	} {
		got := visible(FormatSize(c.lang, c.n))
		if got != c.want {
			t.Errorf("FormatSize(%s, %d) = %s, want %s", c.lang, c.n, got, c.want)
		}
	}
}

func TestJoinList(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"ru", "а б в", "а, б и в"}, {"en", "a b c", "a, b and c"}, {"uk", "а б", "а і б"}, {"ru", "а", "а"}, {"ru", "", ""},
		{"ka", "ა ბ", "ა და ბ"}, {"uz", "a b", "a va b"},
	} {
		if got := JoinList(c.lang, strings.Fields(c.in)); got != c.want {
			t.Errorf("JoinList(%s, %s) = %s", c.lang, c.in, got)
		}
	}
}
