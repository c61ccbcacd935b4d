package core

// Words is one wording in several languages: language code (BCP 47, lower
// case: "ru", "en", "uk") to text. Labels, hints and multilingual notes are
// Words.
type Words map[string]string

// In returns the wording in lang, or the nearest fallback: Russian, English,
// then any other in alphabetical order of its code. Empty when there is none.
func (w Words) In(lang string) string {
	s, _ := w.Pick(lang)
	return s
}

// Pick is In that also says which language was found, for the lang attribute.
func (w Words) Pick(lang string) (text, found string) {
	if s := w[lang]; s != "" {
		return s, lang
	}
	for _, l := range [...]string{"ru", "en"} {
		if s := w[l]; s != "" {
			return s, l
		}
	}
	best := ""
	for l, s := range w {
		if s != "" && (best == "" || l < best) {
			best = l
		}
	}
	return w[best], best
}
