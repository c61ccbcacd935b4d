// Command svod is the whole program. It only wires: the adapters of storage,
// the surfaces and the demo are named here and nowhere else. See package cli
// for the commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"golang.org/x/term"

	"svod/internal/cli"
)

func main() { os.Exit(run(program(), os.Args[1:])) }

// run ends when the command does, or soon after the first interrupt.
func run(p *cli.Program, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Main(ctx, p, args)
}

// program is the command line with everything it is made of.
func program() *cli.Program {
	p := &cli.Program{Version: version(), Env: os.Getenv, In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Open: open, Handler: handler, LoadDemo: loadDemo, Live: term.IsTerminal(int(os.Stderr.Fd()))}
	if t := openTerminal(); t != nil {
		p.Terminal = t
	}
	return p
}

// version is what the build knows: the tag of the module, or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
