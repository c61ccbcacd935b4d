package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"svod/internal/api"
	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/packs"
)

const passphrase = "ferry lantern moss orchard tin"

// house is the API over a kernel over a fresh database, with one admin, "anna",
// steward of the circle "Приёмная".
type house struct {
	*kernel.Kernel
	t      *testing.T
	store  store.Store
	ctx    context.Context
	anna   core.Actor
	circle core.ID
	api    http.Handler
	token  string // of anna
}

func newHouse(t *testing.T, o api.Options) *house {
	t.Helper()
	dir, ctx := t.TempDir(), context.Background()
	key := crypt.NewInstanceKey()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), dbKey[:], sqlstore.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close(); st.Close() })
	h := &house{Kernel: k, t: t, store: st, ctx: ctx}
	done, err := k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Ладога", "en": "Ladoga"}, Name: "anna",
		Passphrase: passphrase, Lang: "ru", Circle: "Приёмная"})
	if err != nil {
		t.Fatal(err)
	}
	h.circle = done.Circle.ID
	if h.anna, err = k.Unlock(ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase}, "test"); err != nil {
		t.Fatal(err)
	}
	if o.Burst == 0 {
		o.Rate, o.Burst = 10_000, 10_000
	}
	if h.api, err = api.New(k, o); err != nil {
		t.Fatal(err)
	}
	h.token = h.tokenOf(h.anna)
	return h
}

func (h *house) tokenOf(a core.Actor) string {
	h.t.Helper()
	secret, _, err := h.TokenCreate(h.ctx, a, "test", 0)
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

// join invites a person into circles; the token is theirs.
func (h *house) join(name string, role core.Role, circles ...core.ID) (core.Actor, string) {
	h.t.Helper()
	in := kernel.Invite{}
	for _, c := range circles {
		in.Circles = append(in.Circles, kernel.InviteCircle{Circle: c, Role: role})
	}
	code, _, err := h.Invite(h.ctx, h.anna, in)
	if err != nil {
		h.t.Fatal(err)
	}
	_, a, err := h.AcceptInvite(h.ctx, kernel.Accept{Code: code, Name: name, Passphrase: passphrase, Lang: "ru"})
	if err != nil {
		h.t.Fatal(err)
	}
	return a, h.tokenOf(a)
}

func (h *house) newCircle(name string) core.ID {
	h.t.Helper()
	c, err := h.CircleCreate(h.ctx, h.anna, name)
	if err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

// event creates an event with a title and, unless empty, a date.
func (h *house) event(circle core.ID, title, date string) core.Record {
	h.t.Helper()
	vals := core.Values{"title": core.NoteValue("ru", title), "initial_date": core.MissingValue(core.Unknown)}
	if date != "" {
		d, err := core.ParseDate(date)
		if err != nil {
			h.t.Fatal(err)
		}
		vals["initial_date"] = core.DateValue(d)
	}
	r, err := h.Create(h.ctx, h.anna, kernel.Draft{Type: "event", Circle: circle, Values: vals})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	raw    []byte
}

// ask sends a request; body may be nil, bytes, or anything JSON.
func (h *house) ask(token, method, path string, body any, header ...string) answer {
	h.t.Helper()
	var r io.Reader = http.NoBody
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	case string:
		r = bytes.NewReader([]byte(b))
	default:
		out, err := json.Marshal(b)
		if err != nil {
			h.t.Fatal(err)
		}
		r = bytes.NewReader(out)
	}
	req := httptest.NewRequest(method, api.Prefix+path, r)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.api.ServeHTTP(w, req)
	return answer{h.t, w.Code, w.Header(), w.Body.Bytes()}
}

func (h *house) get(path string, header ...string) answer {
	h.t.Helper()
	return h.ask(h.token, http.MethodGet, path, nil, header...)
}

// want fails the test unless the status is so, and reads the body.
func (a answer) want(status int) map[string]any {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %s", a.status, status, a.raw)
	}
	out := map[string]any{}
	if len(a.raw) > 0 {
		if err := json.Unmarshal(a.raw, &out); err != nil {
			a.t.Fatalf("not JSON: %v: %s", err, a.raw)
		}
	}
	return out
}

// problem fails unless the answer is a problem with the code at the place ("" =
// no place asked for).
func (a answer) problem(status int, code, location string) map[string]any {
	a.t.Helper()
	p := a.want(status)
	if a.header.Get("Content-Type") != "application/problem+json" {
		a.t.Errorf("content type %q", a.header.Get("Content-Type"))
	}
	if p["code"] != code {
		a.t.Errorf("code %v, want %s: %s", p["code"], code, a.raw)
	}
	if location == "" {
		return p
	}
	spots, _ := p["errors"].([]any)
	for _, s := range spots {
		if s.(map[string]any)["location"] == location {
			return p
		}
	}
	a.t.Errorf("nothing at %s: %s", location, a.raw)
	return p
}

// at walks into JSON: names and numbers.
func at(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			l, _ := v.([]any)
			if p >= len(l) {
				return nil
			}
			v = l[p]
		}
	}
	return v
}
