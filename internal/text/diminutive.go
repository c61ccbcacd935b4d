package text

// Diminutives returns the full given names for which the short form stands
// («саша»: александр, александра), folded, or nil when the table has none.
// Names are Cyrillic, Russian and Ukrainian. The argument is folded first.
func Diminutives(givenFolded string) []string { return nil }
