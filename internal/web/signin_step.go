package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"time"

	"svod/internal/core"
)

// Between the passphrase and the one-time code the browser carries both parts
// of the first step: sealed in a hidden field, with the key in a cookie. The
// page alone, in a cache or a screenshot, then holds no passphrase; the server
// keeps nothing.

const stepFor = 5 * time.Minute

type stepBody struct {
	Name, Passphrase string
	Until            time.Time
}

func (v *visit) sealStep(name, passphrase string) (string, error) {
	var key [32]byte
	_, _ = rand.Read(key[:])
	plain, err := json.Marshal(stepBody{name, passphrase, time.Now().Add(stepFor)})
	if err != nil {
		return "", core.Internal(err)
	}
	box, err := stepBox(key[:])
	if err != nil {
		return "", core.Internal(err)
	}
	// The key is used once, so the nonce may be constant.
	sealed := box.Seal(nil, make([]byte, box.NonceSize()), plain, []byte("svod/step"))
	v.s.setCookie(v.w, cookieStep, base64.RawURLEncoding.EncodeToString(key[:]), stepFor)
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// openStep gives back what sealStep kept, or says that it took too long.
func (v *visit) openStep(step string) (name, passphrase string, err error) {
	late := core.Invalid("error.step_over").At("name")
	key, err := base64.RawURLEncoding.DecodeString(v.s.cookie(v.r, cookieStep))
	if err != nil || len(key) != 32 {
		return "", "", late
	}
	sealed, err := base64.RawURLEncoding.DecodeString(step)
	if err != nil {
		return "", "", late
	}
	box, err := stepBox(key)
	if err != nil {
		return "", "", core.Internal(err)
	}
	plain, err := box.Open(nil, make([]byte, box.NonceSize()), sealed, []byte("svod/step"))
	if err != nil {
		return "", "", late
	}
	var b stepBody
	if json.Unmarshal(plain, &b) != nil || time.Now().After(b.Until) {
		return "", "", late
	}
	return b.Name, b.Passphrase, nil
}

func (v *visit) forgetStep() {
	if v.s.cookie(v.r, cookieStep) != "" {
		v.s.setCookie(v.w, cookieStep, "", -1)
	}
}

func stepBox(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}
