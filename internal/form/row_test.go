package form

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"svod/internal/core"
)

// testReader stands in for what the kernel makes of package sheet.
func testReader() CellReader {
	return CellReader{
		Missing: func(s string) (core.Missing, bool) {
			switch strings.ToLower(s) {
			case "н/д":
				return core.Unknown, true
			case "-":
				return "", true
			}
			return "", false
		},
		Number: func(s string) (core.Number, string, error) {
			if rest, about := strings.CutPrefix(s, "около "); about {
				v, err := readNumber(rest)
				if err != nil {
					return core.Number{}, "", err
				}
				return core.Number{Value: v, About: true}, "", nil
			}
			v, err := readNumber(s)
			if err != nil {
				return core.Number{}, "", err
			}
			return core.Number{Value: v}, "", nil
		},
		Terms: testPacks(),
		Link: func(_ *core.Field, s string) (core.ID, error) {
			if s == "П-1" {
				return "0190a000-0000-7000-8000-00000000000a", nil
			}
			return "", core.Invalid("form.link_unknown")
		},
	}
}

func TestDecodeRow(t *testing.T) {
	columns := []Column{
		{Index: 0, Field: "title"}, {Index: 1, Field: "start"}, {Index: 2, Field: "count"},
		{Index: 3, Field: "where"}, {Index: 4, Field: "where", Part: "local"},
		{Index: 5, Field: "names", Part: "family"}, {Index: 6, Field: "names", Part: "given"}, {Index: 7, Field: "names", Part: "full", Row: 1},
		{Index: 8, Field: "forms", Terms: map[string]string{"стояние": "solo"}}, {Index: 9, Field: "story"}, {Index: 10, Field: "story", Lang: "en"},
		{Index: 11, Field: "fine", Part: "amount"}, {Index: 12, Field: "fine", Part: "currency"}, {Index: 13, Field: "known"},
		{Index: 14, Field: "reach"}, {Index: 15, Field: "victims"}, {Index: 16, Field: "form"}, {Index: 17, Field: "form", Part: "clarify"}, {Index: 99, Field: "titles"},
	}
	row := DecodeRow(allKinds(), columns, []string{
		" Марш ", "май 2012", "около 20", "Москва", "Болотная", "Ли", "Анна", "Li Anna", "Митинг; стояние", "текст", "text",
		"1 000,50", "rub", "да", "a@b.org; +7 900 000", "П-1", "rally", "с плакатом",
	}, testReader())
	if len(row.Errors) > 0 {
		t.Fatal(row.Errors)
	}
	got, _ := json.Marshal(row.Values)
	want := `{"count":{"items":[{"number":{"value":20,"about":true}}]},"fine":{"items":[{"money":{"minor":100050,"currency":"RUB"}}]},` +
		`"form":{"items":[{"term":"rally","clarify":"с плакатом"}]},"forms":{"items":[{"term":"rally"},{"term":"solo"}]},"known":{"items":[{"yes":true}]},` +
		`"names":{"items":[{"name":{"family":"Ли","given":"Анна"}},{"name":{"full":"Li Anna"}}]},` +
		`"reach":{"items":[{"contact":{"channel":"email","value":"a@b.org"}},{"contact":{"channel":"phone","value":"+7 900 000"}}]},` +
		`"start":{"items":[{"date":"2012-05"}]},"story":{"items":[{"note":{"en":"text","ru":"текст"}}]},"title":{"items":[{"text":"Марш"}]},` +
		`"titles":{},"victims":{"items":[{"link":"0190a000-0000-7000-8000-00000000000a"}]},"where":{"items":[{"place":{"code":"RU-MOW","local":"Болотная"}}]}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if row.Imprecise != 1 || row.About != 1 || len(row.Notes) != 2 || row.Notes[0].Column != 2 || row.Notes[1].Column != 3 {
		t.Errorf("imprecise %d, about %d, notes %v", row.Imprecise, row.About, row.Notes)
	}
	if errs := Check(allKinds(), row.Values, testPacks()); len(errs) > 0 {
		t.Error(errs)
	}
}

func TestDecodeRowSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		column Column
		cell   string
		want   string
	}{
		{Column{Field: "start"}, "32.13.2012", "error.date_"},
		{Column{Field: "count"}, "много", "form.number_expected"},
		{Column{Field: "forms"}, "карнавал", "form.cell_term"},
		{Column{Field: "known"}, "может быть", "form.cell_yesno"},
		{Column{Field: "fine"}, "100", "form.cell_part"},
		{Column{Field: "fine", Part: "amount"}, "100", "form.currency"},
		{Column{Field: "victims"}, "П-2", "form.link_unknown"},
		{Column{Field: "nothing"}, "x", "form.unknown_field"},
		{Column{Field: "title", Part: "family"}, "x", "form.unknown_field"},
		{Column{Field: "number"}, "x", "form.unknown_field"},
	} {
		c.column.Index = 2
		row := DecodeRow(allKinds(), []Column{c.column}, []string{"", "", c.cell}, testReader())
		if len(row.Errors) != 1 || !strings.HasPrefix(row.Errors[0].Key, c.want) {
			t.Errorf("%s %q: %v, want %s", c.column.Field, c.cell, row.Errors, c.want)
			continue
		}
		if e := row.Errors[0]; e.Column != 3 && c.column.Part != "amount" || e.Field == "" {
			t.Errorf("%s: %v points nowhere", c.column.Field, e)
		}
	}
}

func TestDecodeRowKeepsReasons(t *testing.T) {
	columns := []Column{{Index: 0, Field: "count"}, {Index: 1, Field: "start"}, {Index: 2, Field: "title"}}
	row := DecodeRow(allKinds(), columns, []string{"н/д", "-", "н/д"}, testReader())
	if row.Values["count"].Missing != core.Unknown || !row.Values["start"].IsZero() || row.Values["title"].First().Text != "н/д" {
		t.Errorf("%+v", row.Values)
	}
	short := DecodeRow(allKinds(), columns, nil, CellReader{})
	if len(short.Errors) > 0 || len(short.Values) != 3 {
		t.Errorf("%+v", short)
	}
}

func TestSealedCellsStayOutOfErrors(t *testing.T) {
	typ := allKinds()
	for i := range typ.Fields {
		typ.Fields[i].Sensitivity = core.Sealed
	}
	const secret = "Свидетельница"
	for _, field := range []string{"forms", "known", "count", "start", "victims", "fine"} {
		row := DecodeRow(typ, []Column{{Field: field}}, []string{secret}, testReader())
		if len(row.Errors) == 0 {
			t.Errorf("%s took it", field)
		}
		if strings.Contains(errors.Join(row.Errors).Error(), secret) {
			t.Errorf("%s: the error tells the content: %v", field, row.Errors)
		}
	}
}

func TestDecodeRowTellsOfNumbersKeptAsReasons(t *testing.T) {
	row := DecodeRow(allKinds(), []Column{{Index: 0, Field: "count"}, {Index: 1, Field: "start"}}, []string{"н/д", "н/д"}, testReader())
	if len(row.Errors) > 0 || row.Values["count"].Missing != core.Unknown || row.Values["start"].Missing != core.Unknown {
		t.Fatalf("%v %v", row.Values, row.Errors)
	}
	if len(row.Notes) != 1 || row.Notes[0].Key != "form.note_no_number" || row.Notes[0].Column != 1 {
		t.Errorf("notes: %v", row.Notes)
	}
}
