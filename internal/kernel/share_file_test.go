package kernel_test

import (
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

// A record with a file stays in its lists when another circle may read it, and
// when it is changed afterwards.
func TestARecordWithAFileStaysFindable(t *testing.T) {
	h := newHouse(t)
	other, err := h.CircleCreate(h.ctx, h.anna, "Юристы")
	if err != nil {
		t.Fatal(err)
	}
	file, err := h.PutFile(h.ctx, h.anna, h.circle, "записка.txt", strings.NewReader("записка"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Create(h.ctx, h.anna, kernel.Draft{Type: "person", Circle: h.circle, Values: core.Values{
		"name":  {Items: []core.Item{{Name: &core.Name{Full: "Сокол Инна", Script: "Cyrl"}}}},
		"files": {Items: []core.Item{{File: &core.FileRef{ID: file.ID}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	findable := func(after string) {
		t.Helper()
		for _, q := range []kernel.FindQuery{{Type: "person"}, {Type: "person", Text: "Сокол"}} {
			if n, err := h.Count(h.ctx, h.anna, q); err != nil || n != 1 {
				t.Errorf("%s: %+v finds %d, %v", after, q, n, err)
			}
		}
	}
	findable("created")
	if err := h.Share(h.ctx, h.anna, r.ID, other.ID, false, ""); err != nil {
		t.Fatal(err)
	}
	findable("shared")
	r.Values["handle"] = core.Value{Items: []core.Item{{Text: "птица"}}}
	if _, err := h.Save(h.ctx, h.anna, kernel.Edit{Record: r.ID, Base: r.Version, Values: r.Values}); err != nil {
		t.Fatal(err)
	}
	findable("changed")
	if err := h.Unshare(h.ctx, h.anna, r.ID, other.ID, false, ""); err != nil {
		t.Fatal(err)
	}
	findable("unshared")
}
