package cli

import (
	"fmt"
	"time"
)

// progress shows how far long work is in one moving line, on a terminal only: a
// log file needs none. Call clear when the work has ended.
func (r *run) progress(key string) func(done, total int) {
	if !r.Live {
		return func(int, int) {}
	}
	var shown time.Time
	return func(done, total int) {
		if time.Since(shown) < 200*time.Millisecond {
			return
		}
		shown = time.Now()
		fmt.Fprintf(r.Err, "\r\x1b[K%s", r.t(key, "done", done, "total", total)) // ESC [ K empties the line
	}
}

// progress64 is progress for counts that are int64.
func (r *run) progress64(key string) func(done, total int64) {
	p := r.progress(key)
	return func(done, total int64) { p(int(done), int(total)) }
}

// clear takes the moving line away.
func (r *run) clear() {
	if r.Live {
		fmt.Fprint(r.Err, "\r\x1b[K")
	}
}
