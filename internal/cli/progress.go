package cli

import (
	"fmt"
	"time"
)

// progress shows how far long work is, on a terminal only: a log file needs no
// moving line.
func (r *run) progress(key string) func(done, total int) {
	if r.Terminal == nil {
		return func(int, int) {}
	}
	var shown time.Time
	return func(done, total int) {
		last := done >= total
		if !last && time.Since(shown) < 200*time.Millisecond {
			return
		}
		shown = time.Now()
		end := ""
		if last {
			end = "\n"
		}
		fmt.Fprintf(r.Err, "\r%s%s", r.t(key, "done", done, "total", total), end)
	}
}

// progress64 is progress for counts that are int64.
func (r *run) progress64(key string) func(done, total int64) {
	p := r.progress(key)
	return func(done, total int64) { p(int(done), int(total)) }
}
