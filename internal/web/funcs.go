package web

import (
	"html/template"
	"math"
	"strconv"
	"time"

	"svod/internal/core"
	"svod/internal/text"
)

// funcs are the functions of templates, speaking one language. What each gives:
//
//	T key args…     a message; args are name, value pairs
//	N number        a whole number with digit groups
//	F number        a number with as many decimals as it needs
//	size bytes      "1,4 МБ"
//	date time       a day, "22 ноября 2026 г."
//	moment time     a day and a time
//	iso time        for the datetime attribute
//	W words         a Wording: core.Words in this language or the next best, for
//	                {{template "words" (W .Label)}}, which sets lang where needed
//	words words     the bare text of W, for attributes and <option>
//	tongue text     the lang attribute for a text of unknown language
//	share part all  0…100, for the classes w-0 … w-100
//	problem p f     the problem text of a field, for {{template "problem" …}}
//	…URL            the builders of urls.go
func (s *Server) funcs(lang string) template.FuncMap {
	return template.FuncMap{
		"T":      func(key string, args ...any) string { return s.words.T(lang, key, args...) },
		"N":      func(n any) string { return formatNumber(lang, n) },
		"F":      func(f float64) string { return text.FormatFloat(lang, f, -1) },
		"size":   func(n int64) string { return text.FormatSize(lang, n) },
		"date":   func(t time.Time) string { return formatDay(lang, t.In(s.opts.Zone)) },
		"moment": func(t time.Time) string { return formatMoment(lang, t.In(s.opts.Zone)) },
		"iso":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"W":      func(w core.Words) Wording { return wordingIn(w, lang) },
		"words":  func(w core.Words) string { return w.In(lang) },
		"tongue": func(t string) string { return tongueOf(t) },
		"share":  share,
		"problem": func(p Problems, field string) FieldProblem {
			return FieldProblem{Field: field, Text: p.At(field)}
		},
		"homeURL": homeURL, "exitURL": exitURL, "helpURL": helpURL, "ledgerURL": ledgerURL,
		"peopleURL": peopleURL, "savedURL": savedURL, "jobsURL": jobsURL, "importURL": importURL,
		"circlesURL": circlesURL, "accountURL": accountURL, "organisationsURL": organisationsURL,
		"inviteAcceptURL": inviteAcceptURL, "circleURL": circleURL, "listURL": listURL,
		"recordURL": recordURL, "recordEditURL": recordEditURL, "recordHistoryURL": recordHistoryURL,
		"recordNewURL":  recordNewURL,
		"savedQueryURL": savedQueryURL, "jobURL": jobURL, "circleRecordsURL": circleRecordsURL,
		"overviewURL": overviewURL, "exportURL": exportURL, "vocabulariesURL": vocabulariesURL,
		"importStageURL": importStageURL, "importColumnsURL": importColumnsURL, "importTrialURL": importTrialURL,
		"cellsOf": cellsOf, "lineOf": lineOf,
	}
}

// Wording is a text with its language; Lang is "" when it is the page's.
type Wording struct {
	Text, Lang string
}

func wordingIn(w core.Words, lang string) Wording {
	t, found := w.Pick(lang)
	if found == lang {
		found = ""
	}
	return Wording{Text: t, Lang: found}
}

// FieldProblem is the problem beside a field, Text "" when there is none.
type FieldProblem struct {
	Field, Text string
}

// tongueOf guesses the language of a text from letters that only one of the
// region's scripts has, so that screen readers and hyphenation are right: "hy"
// for Armenian, "ka" for Georgian, "" otherwise.
func tongueOf(t string) string {
	for _, r := range t {
		switch {
		case r >= 0x0530 && r <= 0x058F:
			return "hy"
		case r >= 0x10A0 && r <= 0x10FF || r >= 0x1C90 && r <= 0x1CBF:
			return "ka"
		}
	}
	return ""
}

// share is part of all in whole percent, at least 1 for what is not nothing.
func share(part, all any) int {
	p, a := toFloat(part), toFloat(all)
	if p <= 0 || a <= 0 {
		return 0
	}
	return min(100, max(1, int(math.Round(100*p/a))))
}

func toFloat(v any) float64 {
	switch n := v.(type) {
	case int:
		return float64(n)
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func formatNumber(lang string, v any) string {
	switch n := v.(type) {
	case int:
		return text.FormatNumber(lang, n)
	case int64:
		return text.FormatNumber(lang, n)
	case float64:
		return text.FormatFloat(lang, n, -1)
	}
	return ""
}

func formatDay(lang string, t time.Time) string {
	return text.FormatDate(lang, t.Year(), int(t.Month()), t.Day())
}

func formatMoment(lang string, t time.Time) string {
	clock := strconv.Itoa(t.Hour()) + ":" + twoDigits(t.Minute())
	if t.Hour() < 10 {
		clock = "0" + clock
	}
	return formatDay(lang, t) + ", " + clock
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
