package kernel

import (
	"bytes"
	"context"
	"image/png"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
)

// totpPeriod and totpSkew follow RFC 6238: 30-second steps, and one step of
// clock difference either way.
const (
	totpPeriod = 30
	totpSkew   = 1
)

// SecondFactor is what a person needs to set up a one-time code generator.
type SecondFactor struct {
	Secret string // base32, to type in
	URI    string // otpauth://…
	QR     []byte // PNG of URI
}

// SecondFactorBegin makes a secret that is not in force until
// SecondFactorConfirm proves that the person's generator has it.
func (k *Kernel) SecondFactorBegin(_ context.Context, a core.Actor) (SecondFactor, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Svod", AccountName: a.Name, Period: totpPeriod})
	if err != nil {
		return SecondFactor{}, core.Internal(err)
	}
	return secondFactor(key)
}

func secondFactor(key *otp.Key) (SecondFactor, error) {
	img, err := key.Image(240, 240)
	if err != nil {
		return SecondFactor{}, core.Internal(err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return SecondFactor{}, core.Internal(err)
	}
	return SecondFactor{Secret: key.Secret(), URI: key.URL(), QR: b.Bytes()}, nil
}

// SecondFactorConfirm puts a secret into force after checking one code.
func (k *Kernel) SecondFactorConfirm(ctx context.Context, a core.Actor, secret, code string) error {
	step, ok := matchCode(secret, code, k.now(), 0)
	if !ok {
		return core.Invalid("error.wrong_code").At("code")
	}
	return k.write(ctx, a, func(v *view, u *unit) error {
		p, err := v.Person(string(a.Person))
		if err != nil {
			return err
		}
		if p.TOTPSealed, err = crypt.Wrap([]string{p.Recipient}, []byte(secret)); err != nil {
			return core.Internal(err)
		}
		s := settingsOf(p)
		s.TOTPStep = step
		p.Settings = s.String()
		if err := v.UpdatePerson(p); err != nil {
			return err
		}
		return u.note(ledger.KindKey, a.Person, map[string]any{"second_factor": "on"})
	})
}

// SecondFactorRemove takes the second factor away; it asks for the passphrase.
func (k *Kernel) SecondFactorRemove(ctx context.Context, a core.Actor, passphrase string) error {
	if _, _, err := k.unlockAgain(ctx, a, passphrase); err != nil {
		return err
	}
	return k.write(ctx, a, func(v *view, u *unit) error {
		p, err := v.Person(string(a.Person))
		if err != nil {
			return err
		}
		p.TOTPSealed = nil
		if err := v.UpdatePerson(p); err != nil {
			return err
		}
		return u.note(ledger.KindKey, a.Person, map[string]any{"second_factor": "off"})
	})
}

// checkCode asks for the one-time code after the passphrase was right, so that
// nobody learns who has a second factor without the first. A code works once.
func (k *Kernel) checkCode(ctx context.Context, p store.Person, id *crypt.Identity, code string) error {
	if len(p.TOTPSealed) == 0 {
		return nil
	}
	if code == "" {
		return core.SignedOut("error.code_required")
	}
	secret, err := crypt.Unwrap(id, p.TOTPSealed)
	if err != nil {
		return core.Internal(err)
	}
	return fromStore(k.store.Write(ctx, func(tx store.Tx) error {
		now, err := tx.Person(p.ID)
		if err != nil {
			return err
		}
		s := settingsOf(now)
		step, ok := matchCode(string(secret), code, k.now(), s.TOTPStep)
		if !ok {
			return core.SignedOut("error.wrong_code")
		}
		s.TOTPStep = step
		now.Settings = s.String()
		return tx.UpdatePerson(now)
	}))
}

// matchCode returns the time step the code belongs to, if it is newer than
// after.
func matchCode(secret, code string, now time.Time, after int64) (int64, bool) {
	for d := -totpSkew; d <= totpSkew; d++ {
		at := now.Add(time.Duration(d*totpPeriod) * time.Second)
		step := at.Unix() / totpPeriod
		ok, err := totp.ValidateCustom(code, secret, at, totp.ValidateOpts{
			Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && ok && step > after {
			return step, true
		}
	}
	return 0, false
}
