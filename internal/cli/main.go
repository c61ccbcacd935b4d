package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/alecthomas/kong"

	"svod/internal/core"
)

// run is one run of the program: what every command gets.
type run struct {
	*Program
	*words
	ctx context.Context
}

// Main runs one command and returns the exit code. ctx ends when the person or
// the machine asks the program to stop.
func Main(ctx context.Context, p *Program, args []string) int {
	w, err := loadWords(languageOf(args, p.Env))
	if err != nil {
		fmt.Fprintln(p.Err, "svod:", err)
		return exitInternal
	}
	r := &run{Program: p, words: w, ctx: ctx}
	err = r.dispatch(args)
	if err != nil && ctx.Err() != nil && core.KindOf(err) != core.KindUnavail {
		r.say("cli.stopped")
		return exitStopped
	}
	if err != nil && !errors.Is(err, errFound) {
		r.complain(err)
	}
	return exitCode(err)
}

func (r *run) dispatch(args []string) error {
	var g grammar
	// kong asks to exit after --help and goes on where that does nothing.
	helped := false
	parser, err := kong.New(&g, kong.Name("svod"), kong.Description(r.t("cli.help.svod")), r.vars(),
		kong.Help(r.help), kong.Writers(r.Out, r.Err), kong.Exit(func(int) { helped = true }))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	switch {
	case helped:
		return nil
	case err != nil:
		return r.usage(err)
	}
	return parsed.Run(r)
}

// say tells the person something; it is not a result.
func (r *run) say(key string, args ...any) { fmt.Fprintln(r.Err, r.t(key, args...)) }

// complain says what went wrong.
func (r *run) complain(err error) {
	for _, line := range r.explain(err) {
		fmt.Fprintln(r.Err, "svod: "+line)
	}
	if r.Env("SVOD_DEBUG") != "" {
		fmt.Fprintln(r.Err, "svod: "+strings.ReplaceAll(err.Error(), "\n", " "))
	}
}

// logger writes what a running server has to say, without content, as JSON.
func (r *run) logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(r.Err, &slog.HandlerOptions{Level: level}))
}
