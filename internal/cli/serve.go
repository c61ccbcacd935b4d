package cli

import (
	"errors"
	"log/slog"
	"net"
)

type serveCmd struct {
	starter
	Addr    string `default:"127.0.0.1:8420" placeholder:"${ph_addr}" help:"${serve_addr}"`
	Secure  bool   `help:"${serve_secure}"`
	Neutral string `placeholder:"URL" help:"${serve_neutral}"`
}

// Run serves an instance until the program is asked to stop. Whoever starts it
// unlocks the database and nothing else: everybody signs in for themselves.
func (c *serveCmd) Run(r *run) error {
	f, err := r.folder(c.place)
	if err != nil {
		return err
	}
	key, err := r.instanceKey(f, c.starter)
	if err != nil {
		return err
	}
	ln, err := r.listen(c.Addr)
	if err != nil {
		return err
	}
	defer ln.Close() // closed by the server already where it ran
	logger := r.logger(slog.LevelInfo)
	h, err := r.open(f, key, c.Database, logger, true)
	if err != nil {
		return err
	}
	handler, err := r.Handler(h.Kernel, HandlerOptions{Secure: c.Secure, Neutral: c.Neutral, Version: r.Version, Log: logger})
	if err == nil {
		if !c.Secure && !isLoopback(ln) {
			r.say("cli.open_address")
		}
		err = r.serveHTTP(ln, handler, logger, "")
	}
	return errors.Join(err, h.Close())
}

func isLoopback(ln net.Listener) bool {
	a, ok := ln.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}
