package kernel_test

import (
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

func name(full string) core.Value {
	return core.Value{Items: []core.Item{{Name: &core.Name{Full: full, Script: "Cyrl"}}}}
}

func TestAPersonIsFoundInBothScriptsByMembersOnly(t *testing.T) {
	h := newHouse(t)
	p := h.create(h.anna, "person", h.circle, core.Values{"name": name("Щербаков Дмитрий"), "counting_unit": core.TermValue("individual")})
	if p.Title["ru"] != "Щербаков Дмитрий" {
		t.Errorf("title is %q", p.Title["ru"])
	}
	outsider := h.join("boris", core.Reader)
	for _, q := range []string{"щербаков", "Shcherbakov", "Щербакова", "дмитр*", "name:Щербаков"} {
		got, err := h.Find(h.ctx, h.anna, kernel.FindQuery{Type: "person", Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if got.Total != 1 || len(got.Items) != 1 || got.Items[0].ID != p.ID {
			t.Errorf("%s: anna finds %d", q, got.Total)
		}
		got, err = h.Find(h.ctx, outsider, kernel.FindQuery{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if got.Total != 0 {
			t.Errorf("%s: an outsider finds %d", q, got.Total)
		}
	}
	if _, err := h.Record(h.ctx, outsider, p.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("outsider: %v", err)
	}
	report, err := h.Verify(h.ctx, nil)
	if err != nil || !report.OK() {
		t.Fatalf("verify: %v %+v", err, report.Findings)
	}
}
