package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"
)

// flashFor is how long a message waits for its page.
const flashFor = time.Minute

// setFlash keeps a message for the next page: its key only, signed with the
// session's secret, so that nobody else can put words on somebody's page.
func (v *visit) setFlash(key string) {
	if v.secret == "" || key == "" {
		return
	}
	v.s.setCookie(v.w, cookieFlash, key+"~"+flashSum(v.secret, key), flashFor)
}

// takeFlash returns the waiting message and forgets it.
func (v *visit) takeFlash() string {
	value := v.s.cookie(v.r, cookieFlash)
	if value == "" {
		return ""
	}
	v.s.setCookie(v.w, cookieFlash, "", -1)
	key, sum, _ := strings.Cut(value, "~")
	if v.secret == "" || !hmac.Equal([]byte(sum), []byte(flashSum(v.secret, key))) {
		return ""
	}
	return v.T(key)
}

func flashSum(secret, key string) string {
	m := hmac.New(sha256.New, []byte("svod/flash\x00"+secret))
	m.Write([]byte(key))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}
