package api

import (
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits holds one bucket for each token in use. Only tokens that were opened
// get one, so nobody can fill it from outside.
type limits struct {
	rate  rate.Limit
	burst int

	mu      sync.Mutex
	buckets map[string]*bucket // guarded by mu
	swept   time.Time          // guarded by mu
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

func newLimits(r rate.Limit, burst int) *limits {
	return &limits{rate: r, burst: burst, buckets: map[string]*bucket{}}
}

// sweepEvery is how long an unused bucket may stay; by then it is full again.
const sweepEvery = 10 * time.Minute

func (l *limits) allow(token string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > sweepEvery {
		for key, b := range l.buckets {
			if now.Sub(b.used) > sweepEvery {
				delete(l.buckets, key)
			}
		}
		l.swept = now
	}
	b := l.buckets[token]
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(l.rate, l.burst)}
		l.buckets[token] = b
	}
	b.used = now
	return b.AllowN(now, 1)
}

// stack names the functions that led here with their lines, without arguments.
func stack() string {
	pcs := make([]uintptr, 24)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var at []string
	for {
		f, more := frames.Next()
		at = append(at, f.Function+":"+strconv.Itoa(f.Line))
		if !more {
			return strings.Join(at, " < ")
		}
	}
}
