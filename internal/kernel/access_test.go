package kernel_test

import (
	"errors"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"svod/internal/core"
	"svod/internal/kernel"
)

func TestASessionOpensEndsAndLocks(t *testing.T) {
	h := newHouse(t)
	in := kernel.SignIn{Name: "Anna", Passphrase: passphrase, Device: "Firefox"}
	one, _, err := h.SignIn(h.ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	two, _, err := h.SignIn(h.ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := h.Open(h.ctx, one)
	if err != nil || a.Name != "anna" {
		t.Fatalf("%v %+v", err, a)
	}
	list, err := h.Sessions(h.ctx, a)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d sessions (%v)", len(list), err)
	}
	for _, s := range list {
		if !s.Current {
			if err := h.EndSession(h.ctx, a, s.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := h.Open(h.ctx, two); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("an ended session opens: %v", err)
	}
	token, _, err := h.TokenCreate(h.ctx, a, "script", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.OpenToken(h.ctx, token); err != nil {
		t.Fatal(err)
	}
	if _, err := h.LockEverything(h.ctx, a, true); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open(h.ctx, one); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("a locked session opens: %v", err)
	}
	if _, err := h.OpenToken(h.ctx, token); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("a token works after locking: %v", err)
	}
}

func TestASessionRunsOutByIdlenessAndInAnyCase(t *testing.T) {
	now := time.Now()
	h := newHouseAt(t, func() time.Time { return now })
	secret, _, err := h.SignIn(h.ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase})
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		now = now.Add(kernel.SessionIdle - time.Minute)
		if _, err := h.Open(h.ctx, secret); err != nil {
			t.Fatalf("an active session ended: %v", err)
		}
	}
	now = now.Add(kernel.SessionIdle + time.Minute)
	if _, err := h.Open(h.ctx, secret); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("idle: %v", err)
	}
	secret, _, err = h.SignIn(h.ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase})
	if err != nil {
		t.Fatal(err)
	}
	for end := now.Add(kernel.SessionAbsolute); now.Before(end); now = now.Add(time.Hour) {
		if _, err := h.Open(h.ctx, secret); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Open(h.ctx, secret); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("absolute: %v", err)
	}
}

func TestWrongNamesAndPassphrasesLookAlikeAndAreBounded(t *testing.T) {
	h := newHouse(t)
	_, errName := h.Unlock(h.ctx, kernel.SignIn{Name: "nobody", Passphrase: "x"}, "test")
	_, errPass := h.Unlock(h.ctx, kernel.SignIn{Name: "anna", Passphrase: "x"}, "test")
	if errName == nil || errPass == nil || errName.Error() != errPass.Error() {
		t.Fatalf("%v / %v", errName, errPass)
	}
	for range 12 {
		_, errPass = h.Unlock(h.ctx, kernel.SignIn{Name: "anna", Passphrase: "x"}, "test")
	}
	if core.KindOf(errPass) != core.KindTooMany {
		t.Errorf("after 13 tries: %v", errPass)
	}
	if _, err := h.Unlock(h.ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase}, "test"); core.KindOf(err) != core.KindTooMany {
		t.Errorf("the right passphrase within the window: %v", err)
	}
}

func TestASecondFactorIsAskedForAndWorksOnce(t *testing.T) {
	now := time.Now()
	h := newHouseAt(t, func() time.Time { return now })
	f, err := h.SecondFactorBegin(h.ctx, h.anna)
	if err != nil {
		t.Fatal(err)
	}
	code := func() string {
		c, err := totp.GenerateCode(f.Secret, now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if err := h.SecondFactorConfirm(h.ctx, h.anna, f.Secret, "000000x"); core.KindOf(err) != core.KindInvalid {
		t.Fatalf("a wrong code: %v", err)
	}
	if err := h.SecondFactorConfirm(h.ctx, h.anna, f.Secret, code()); err != nil {
		t.Fatal(err)
	}
	in := kernel.SignIn{Name: "anna", Passphrase: passphrase}
	if _, err := h.Unlock(h.ctx, in, "test"); core.KindOf(err) != core.KindSignedOut {
		t.Fatalf("without a code: %v", err)
	}
	in.Code = code()
	if _, err := h.Unlock(h.ctx, in, "test"); err == nil {
		t.Error("the code that set it up works again")
	}
	now = now.Add(2 * time.Minute)
	in.Code = code()
	if _, err := h.Unlock(h.ctx, in, "test"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Unlock(h.ctx, in, "test"); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("a used code: %v", err)
	}
}

func TestAnInviteWorksOnceAndNotAfterTheKeyTurned(t *testing.T) {
	h := newHouse(t)
	boris := h.join("boris", core.Reader, h.circle)
	invite := kernel.Invite{Circles: []kernel.InviteCircle{{Circle: h.circle, Role: core.Worker}}}
	code, info, err := h.Invite(h.ctx, h.anna, invite)
	if err != nil || len(info.Circles) != 1 || info.Circles[0] != "Приёмная" {
		t.Fatalf("%v %+v", err, info)
	}
	accept := kernel.Accept{Code: code, Name: "vera", Passphrase: passphrase, Lang: "ru"}
	if _, _, err := h.AcceptInvite(h.ctx, kernel.Accept{Code: code, Name: "vera", Passphrase: "123"}); core.KindOf(err) != core.KindInvalid {
		t.Errorf("a weak passphrase: %v", err)
	}
	if _, _, err := h.AcceptInvite(h.ctx, accept); err != nil {
		t.Fatal(err)
	}
	accept.Name = "gleb"
	if _, _, err := h.AcceptInvite(h.ctx, accept); core.KindOf(err) != core.KindInvalid {
		t.Errorf("a used code: %v", err)
	}
	code, _, err = h.Invite(h.ctx, h.anna, invite)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.MemberRemove(h.ctx, h.anna, h.circle, boris.Person); err != nil {
		t.Fatal(err)
	}
	accept.Code = code
	if _, _, err := h.AcceptInvite(h.ctx, accept); core.KindOf(err) != core.KindInvalid {
		t.Errorf("an invite from before the key turned: %v", err)
	}
	if _, _, err := h.Invite(h.ctx, boris, invite); core.KindOf(err) == "" {
		t.Error("somebody outside a circle invites into it")
	}
}

// TestNamesCannotBeMistaken: nobody joins under a name that looks like another
// person's, or that has signs in it which turn the page round.
func TestNamesCannotBeMistaken(t *testing.T) {
	h := newHouse(t)
	for name, key := range map[string]string{
		"аnna": "error.name_taken", "Anna": "error.name_taken", "a\u200bnna": "error.bad_name", "вера\u202e": "error.bad_name",
		"an\u2066na": "error.bad_name", "anna\xff": "error.bad_name", "анна": "", "Жанна д’Арк": "",
	} {
		code, _, err := h.Invite(h.ctx, h.anna, kernel.Invite{})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = h.AcceptInvite(h.ctx, kernel.Accept{Code: code, Name: name, Passphrase: passphrase})
		got := ""
		if e := (*core.Error)(nil); errors.As(err, &e) {
			got = e.Key
		}
		if got != key {
			t.Errorf("%q: %v, want %q", name, err, key)
		}
	}
}

func TestAStewardOutsideACircleSeesThatItExistsAndNothingInIt(t *testing.T) {
	h := newHouse(t)
	code, _, err := h.Invite(h.ctx, h.anna, kernel.Invite{Admin: true})
	if err != nil {
		t.Fatal(err)
	}
	_, boris, err := h.AcceptInvite(h.ctx, kernel.Accept{Code: code, Name: "boris", Passphrase: passphrase, Lang: "ru"})
	if err != nil {
		t.Fatal(err)
	}
	h.create(h.anna, "event", h.circle, event("Пикет"))
	circles, err := h.Circles(h.ctx, boris)
	if err != nil || len(circles) != 1 {
		t.Fatalf("%v %+v", err, circles)
	}
	if c := circles[0]; c.Name != "Приёмная" || c.Role != "" || c.Records != 0 || c.Members != 0 {
		t.Errorf("%+v", c)
	}
	if _, err := h.Members(h.ctx, boris, h.circle); core.KindOf(err) != core.KindNotFound {
		t.Errorf("members: %v", err)
	}
	if err := h.MemberPut(h.ctx, boris, h.circle, boris.Person, core.Reader); core.KindOf(err) != core.KindNotFound {
		t.Errorf("an admin lets himself in: %v", err)
	}
	people, err := h.People(h.ctx, boris)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if len(p.Circles) > 0 {
			t.Errorf("%s is shown as a member of %+v", p.Name, p.Circles)
		}
	}
}

// TestTextNoStoreKeeps: a NUL in what a program sends is its mistake, not a
// failure of the server, and nothing is written.
func TestTextNoStoreKeeps(t *testing.T) {
	h := newHouse(t)
	_, saved := h.SaveQuery(h.ctx, h.anna, kernel.SavedQuery{Name: "a\x00b", Type: "event"})
	_, made := h.CircleCreate(h.ctx, h.anna, "a\xffb")
	for what, err := range map[string]error{"saved query": saved, "circle": made} {
		var e *core.Error
		if !errors.As(err, &e) || e.Kind != core.KindInvalid || e.Key != "error.bad_text" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if list, err := h.SavedQueries(h.ctx, h.anna); err != nil || len(list) != 0 {
		t.Errorf("%v: %d saved queries", err, len(list))
	}
}

func TestThePassphraseCannotBeTriedFromAnUnlockedLaptop(t *testing.T) {
	h := newHouse(t)
	var err error
	for range 11 {
		err = h.ChangePassphrase(h.ctx, h.anna, "not it", "otter kettle harbour lamp seven")
	}
	if core.KindOf(err) != core.KindTooMany {
		t.Errorf("the eleventh try: %v", err)
	}
	if err := h.SecondFactorRemove(h.ctx, h.anna, passphrase); core.KindOf(err) != core.KindTooMany {
		t.Errorf("another door to the same passphrase: %v", err)
	}
	h.signIn("anna") // the count locks nobody out
}
