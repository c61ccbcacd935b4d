package sheet

import (
	"encoding/xml"
	"io"

	"svod/internal/core"
)

// maxToken bounds one tag or one run of text, in bytes: Excel's cells hold
// 32,767 characters. encoding/xml keeps a token in memory whole, and a gigabyte
// of spaces packs into a megabyte of archive.
const maxToken = 4 << 20

// tokens reads the tags and texts of an XML part, none longer than maxToken.
type tokens struct {
	dec *xml.Decoder
	src *allowance
}

func newTokens(r io.Reader) *tokens {
	src := &allowance{r: r}
	dec := xml.NewDecoder(src)
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return &tokens{dec: dec, src: src}
}

// next is the next token, valid until the one after it; io.EOF after the last.
func (t *tokens) next() (xml.Token, error) {
	t.src.left = maxToken
	return t.dec.RawToken()
}

// allowance is a reader that stops with an error after left bytes.
type allowance struct {
	r    io.Reader
	left int
}

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, core.Invalid(errTooBig)
	}
	n, err := a.r.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}
