package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"svod/internal/core"
)

// vars gives kong the help texts.
func (r *run) vars() kong.Vars {
	vars := kong.Vars{}
	for _, key := range r.all.Keys("en") {
		if name, ok := strings.CutPrefix(key, "cli.help."); ok {
			vars[name] = r.t(key)
		}
	}
	return vars
}

// misuse are the beginnings of kong's messages, which are English, and ours.
var misuse = []struct{ prefix, key string }{
	{"missing flags: ", "cli.usage_missing"},
	{"unknown flag ", "cli.usage_flag"},
	{"unexpected argument ", "cli.usage_argument"},
	{"expected one of ", "cli.usage_command"},
	{"expected ", "cli.usage_expected"},
}

// usage is a command line that cannot be understood.
func (r *run) usage(err error) error {
	text := err.Error()
	for _, m := range misuse {
		if rest, ok := strings.CutPrefix(text, m.prefix); ok {
			rest, _, _ = strings.Cut(rest, ", did you mean")
			return core.Invalid(m.key, "what", rest)
		}
	}
	return core.Invalid("cli.usage", "what", text)
}

// help prints the help of the chosen command, or of the program.
func (r *run) help(_ kong.HelpOptions, ctx *kong.Context) error {
	n := ctx.Selected()
	if n == nil {
		n = ctx.Model.Node
	}
	var b strings.Builder
	line := n.FullPath()
	var args, flags, commands [][2]string
	for _, group := range n.AllFlags(true) {
		for _, f := range group {
			if f.Required {
				line += " " + flagText(f)
			}
			meaning := f.Help
			if f.Name == "help" { // kong's own flag
				meaning = r.t("cli.help.flag_help")
			}
			flags = append(flags, [2]string{flagText(f), meaning})
		}
	}
	for _, p := range n.Positional {
		line += " " + strings.ToUpper(p.Name)
		args = append(args, [2]string{strings.ToUpper(p.Name), p.Help})
	}
	for _, leaf := range n.Leaves(true) {
		if leaf != n {
			commands = append(commands, [2]string{strings.TrimPrefix(leaf.FullPath(), n.FullPath()+" "), leaf.Help})
		}
	}
	if len(commands) > 0 {
		line += " " + r.t("cli.word_command")
	}
	fmt.Fprintf(&b, "%s %s\n\n%s\n", r.t("cli.word_usage"), line, n.Help)
	r.table(&b, "cli.word_arguments", args)
	r.table(&b, "cli.word_commands", commands)
	r.table(&b, "cli.word_flags", flags)
	_, err := fmt.Fprint(r.Out, b.String())
	return err
}

func flagText(f *kong.Flag) string {
	s := "--" + f.Name
	if f.IsBool() {
		return s
	}
	return s + "=" + f.FormatPlaceHolder()
}

// table writes names with their meanings under a heading.
func (r *run) table(b *strings.Builder, heading string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[0]))
	}
	fmt.Fprintf(b, "\n%s\n", r.t(heading))
	for _, row := range rows {
		fmt.Fprintf(b, "  %s%s  %s\n", row[0], strings.Repeat(" ", width-utf8.RuneCountInString(row[0])), row[1])
	}
}
