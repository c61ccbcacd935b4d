package kernel

import "svod/internal/core"

// exportParts are the columns that tables have beside a field's own, for what
// one cell cannot hold; imports recognise their headings.
var exportParts = []struct {
	part  string
	label core.Words
}{
	{"local", core.Words{"ru": "место", "en": "local name"}},
	{"clarify", core.Words{"ru": "уточнение", "en": "note"}},
}
