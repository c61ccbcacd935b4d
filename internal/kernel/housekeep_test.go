package kernel_test

import (
	"strings"
	"testing"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

func TestUploadsNobodyTookAreForgottenAndOthersStay(t *testing.T) {
	now := time.Now()
	h := newHouseAt(t, func() time.Time { return now })
	lost, err := h.PutFile(h.ctx, h.anna, h.circle, "забыт.txt", strings.NewReader("черновик"))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := h.PutFile(h.ctx, h.anna, h.circle, "нужен.txt", strings.NewReader("протокол"))
	if err != nil {
		t.Fatal(err)
	}
	take := func(id core.ID) (core.Record, error) {
		return h.Create(h.ctx, h.anna, kernel.Draft{Type: "event", Circle: h.circle,
			Values: with(event("Обыск"), "files", core.Value{Items: []core.Item{{File: &core.FileRef{ID: id}}}})})
	}
	r, err := take(kept.ID)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(25 * time.Hour)
	if err := h.Housekeep(h.ctx); err != nil {
		t.Fatal(err)
	}
	if o, err := h.OpenFile(h.ctx, h.anna, r.ID, kept.ID); err != nil {
		t.Errorf("a file in use: %v", err)
	} else {
		o.Close()
	}
	if _, err := take(lost.ID); core.KindOf(err) != core.KindInvalid {
		t.Errorf("a forgotten upload can still be attached: %v", err)
	}
	if report, err := h.Verify(h.ctx, nil); err != nil || !report.OK() {
		t.Errorf("verify: %v %+v", err, report.Findings)
	}
}
