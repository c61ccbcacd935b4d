package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// estimateText writes the pages for a terminal, the verdict last: there it is
// still on the screen.
func (r *run) estimateText(pages []estimatePage) error {
	var b strings.Builder
	for i, p := range pages {
		if i > 0 {
			b.WriteString("\n\n")
		}
		fmt.Fprintf(&b, "%s\n%s\n", p.Title, strings.Repeat("=", utf8.RuneCountInString(p.Title)))
		for _, part := range append(p.Parts[1:len(p.Parts):len(p.Parts)], p.Parts[0]) {
			part.text(&b)
		}
	}
	_, err := fmt.Fprint(r.Out, b.String())
	return err
}

func (p estimatePart) text(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s\n%s\n", p.Title, strings.Repeat("-", utf8.RuneCountInString(p.Title)))
	for _, s := range p.Says {
		fmt.Fprintln(b, s)
	}
	for _, s := range p.List {
		fmt.Fprintln(b, "  * "+s)
	}
	for _, t := range p.Tables {
		fmt.Fprintln(b)
		t.text(b)
	}
}

// text aligns words to the left and numbers to the right.
func (t estimateTable) text(b *strings.Builder) {
	if t.Caption != "" {
		fmt.Fprintln(b, t.Caption)
	}
	widths := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			line.WriteString("  ")
			if t.Number(i) {
				line.WriteString(space + cell)
			} else {
				line.WriteString(cell + space)
			}
		}
		fmt.Fprintln(b, strings.TrimRight(line.String(), " "))
	}
}
