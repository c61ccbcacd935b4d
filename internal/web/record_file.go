package web

import (
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// recordFile sends the original of an attached file, always as a download:
// what people upload is never shown by the browser inside our origin.
func (s *Server) recordFile(v *visit) error {
	f, err := v.openFile(s.kernel.OpenFile)
	if err != nil {
		return err
	}
	defer f.Close()
	h := v.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", disposition(f.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("Cache-Control", "private, no-store")
	return v.send(f)
}

// recordThumb sends the small picture that the server made of an image.
func (s *Server) recordThumb(v *visit) error {
	f, err := v.openFile(s.kernel.Thumbnail)
	if err != nil {
		return err
	}
	defer f.Close()
	if !strings.HasPrefix(f.Media, "image/") {
		return core.NotFound()
	}
	h := v.w.Header()
	h.Set("Content-Type", f.Media)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	return v.send(f)
}

// openFile opens the file of the address with one of the kernel's methods.
func (v *visit) openFile(open func(context.Context, core.Actor, core.ID, core.ID) (kernel.OpenedFile, error)) (kernel.OpenedFile, error) {
	record, err := v.pathID("id")
	if err != nil {
		return kernel.OpenedFile{}, err
	}
	file, err := v.pathID("file")
	if err != nil {
		return kernel.OpenedFile{}, err
	}
	return open(v.ctx, v.actor, record, file)
}

// send copies a file. Once the first byte is out nothing else can be said: a
// file that turns out damaged ends short of its Content-Length, which browsers
// show as a failed download.
func (v *visit) send(f kernel.OpenedFile) error {
	if v.r.Method == http.MethodHead {
		return nil
	}
	_, _ = io.Copy(v.w, f)
	return nil
}

// disposition names a download for every browser: an ASCII name, and the real
// one as RFC 5987 has it.
func disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|;%`, r) {
			return '_'
		}
		return r
	}, name)
	out := mime.FormatMediaType("attachment", map[string]string{"filename": ascii})
	if out == "" {
		out = "attachment"
	}
	return out + "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
