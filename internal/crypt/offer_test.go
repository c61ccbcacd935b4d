package crypt

import (
	"errors"
	"testing"
)

func TestOfferOpensOnlyForItsRecordAndCircle(t *testing.T) {
	circle, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	key := NewRecordKey()
	offer, err := OfferRecordKey(circle.Recipient(), "r1", 2, key)
	if err != nil {
		t.Fatal(err)
	}
	if !IsOffer(offer) {
		t.Error("an offer is not recognised as one")
	}
	if IsOffer(WrapRecordKey(DeriveCircle(circle, "c", 1), "r1", 2, key)) {
		t.Error("a wrapped key is taken for an offer")
	}
	got, err := OpenOffer(circle, "r1", 2, offer)
	if err != nil || *got.secret() != *key.secret() {
		t.Fatalf("offer gave another key (%v)", err)
	}
	if _, err := OpenOffer(circle, "r2", 2, offer); !errors.Is(err, ErrFormat) {
		t.Errorf("another record: %v", err)
	}
	if _, err := OpenOffer(circle, "r1", 3, offer); !errors.Is(err, ErrFormat) {
		t.Errorf("another generation: %v", err)
	}
	if _, err := OpenOffer(other, "r1", 2, offer); !errors.Is(err, ErrNotForYou) {
		t.Errorf("another circle: %v", err)
	}
}
