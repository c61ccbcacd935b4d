package main

import (
	"context"
	"os"

	"golang.org/x/term"
)

// terminal asks the person at the keyboard, past any redirection of standard
// input: a table may come from there.
type terminal struct{ in, out *os.File }

// openTerminal returns nil when nobody sits there. What it opens stays open as
// long as the program runs.
func openTerminal() *terminal {
	if tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0); err == nil {
		return &terminal{tty, tty}
	}
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())) {
		return &terminal{os.Stdin, os.Stderr}
	}
	return nil
}

// Secret implements cli.Terminal. An interrupt reaches the program as the end
// of ctx while the terminal still hides what is typed, so it is put back first.
func (t *terminal) Secret(ctx context.Context, prompt string) (string, error) {
	fd := int(t.in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	if _, err := t.out.WriteString(prompt); err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		answered <- answer{line, err}
	}()
	select {
	case a := <-answered:
		if a.err != nil {
			return "", a.err
		}
		_, err = t.out.WriteString("\n")
		return string(a.line), err
	case <-ctx.Done():
		if err := term.Restore(fd, before); err != nil {
			return "", err
		}
		_, _ = t.out.WriteString("\n") // the program is ending anyway
		return "", ctx.Err()
	}
}
