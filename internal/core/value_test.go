package core

import (
	"encoding/json"
	"testing"
)

func fullItem(t *testing.T) Item {
	t.Helper()
	d, err := ParseDate("2012-05-XX")
	if err != nil {
		t.Fatal(err)
	}
	limit, lat, lon, yes := 9.0, 55.7, 37.6, true
	return Item{Text: "a", Note: Words{"ru": "б"}, Term: "c", Date: &d, Number: &Number{Value: 3, Max: &limit, About: true},
		Money: &Money{Minor: 5, Currency: "RUB"}, Place: &Place{Code: "RU", Lat: &lat, Lon: &lon, Precision: PreciseCity},
		Name: &Name{Full: "d"}, Contact: &Contact{Channel: "phone", Value: "1"}, Link: "x", File: &FileRef{ID: "y"}, Yes: &yes, Clarify: "e"}
}

func TestCloneIsDeepAndWhole(t *testing.T) {
	v := Value{Items: []Item{fullItem(t)}}
	before, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	c := v.Clone()
	if !c.Equal(v) {
		t.Fatal("a clone differs")
	}
	i := &c.Items[0]
	i.Note["ru"], i.Number.Value, *i.Number.Max, i.Money.Minor = "z", 1, 1, 1
	*i.Place.Lat, *i.Place.Lon, i.Place.Code, i.Name.Full = 1, 1, "z", "z"
	i.Contact.Value, i.File.ID, *i.Yes, *i.Date = "z", "z", false, Date{}
	after, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Errorf("changing a clone changed the original:\n%s\n%s", before, after)
	}
	if (Value{Missing: Refused}).Clone().Missing != Refused {
		t.Error("a reason was lost")
	}
}
