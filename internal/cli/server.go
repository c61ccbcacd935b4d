package cli

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"svod/internal/core"
)

const (
	levelQuiet = slog.LevelError
	levelDemo  = slog.LevelWarn
)

// Limits of the server. Reading and writing a whole request may take long: a
// video over Tor, an export of everything. Headers may not.
const (
	headerTime  = 15 * time.Second
	requestTime = time.Hour
	idleTime    = 2 * time.Minute
	headerBytes = 64 << 10
	stopTime    = 10 * time.Second
)

// listen takes the address, before anything slow is done. KindUnavail when
// another program has it.
func (r *run) listen(addr string) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(r.ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &core.Error{Kind: core.KindUnavail, Key: "cli.port_busy", Args: []any{"addr", addr}}
	case err != nil:
		return nil, core.Invalid("cli.bad_addr", "addr", addr)
	}
	return ln, nil
}

// urlOf is where a browser finds the listener.
func urlOf(ln net.Listener) string {
	host, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return "http://" + ln.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// serveHTTP answers until the program is asked to stop, then lets running
// requests finish for a while. welcome follows the line that says it is ready.
func (r *run) serveHTTP(ln net.Listener, h http.Handler, logger *slog.Logger, welcome string) error {
	requests, cancel := context.WithCancel(context.WithoutCancel(r.ctx))
	defer cancel()
	srv := &http.Server{Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerBytes, ErrorLog: log.New(noAddresses{logger}, "", 0),
		BaseContext: func(net.Listener) context.Context { return requests }}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	fmt.Fprintf(r.Out, "svod: ready %s\n%s", urlOf(ln), welcome)
	select {
	case err := <-failed:
		return core.Internal(err)
	case <-r.ctx.Done():
	}
	stop, done := context.WithTimeout(context.WithoutCancel(r.ctx), stopTime)
	defer done()
	if err := srv.Shutdown(stop); err != nil {
		cancel() // what still runs is told to end
		return srv.Close()
	}
	return nil
}

// noAddresses logs what net/http has to say without the addresses of visitors
// and without what a handler panicked with.
type noAddresses struct{ log *slog.Logger }

// Write implements io.Writer, one call a message.
func (n noAddresses) Write(b []byte) (int, error) {
	text := strings.TrimSpace(string(b))
	for _, end := range []string{"\n", " from ", " serving "} {
		text, _, _ = strings.Cut(text, end)
	}
	n.log.Warn("http server", "event", text)
	return len(b), nil
}
