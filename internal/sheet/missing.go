package sheet

import (
	"strings"

	"svod/internal/core"
)

// missingWords are the ways of saying that nothing is known, without outer
// punctuation, in lower case.
var missingWords = map[string]core.Missing{
	"неизвестно": core.Unknown, "не известно": core.Unknown, "неизв": core.Unknown, "нет данных": core.Unknown, "нет сведений": core.Unknown,
	"нет информации": core.Unknown, "данных нет": core.Unknown, "данные отсутствуют": core.Unknown, "н/д": core.Unknown, "нд": core.Unknown,
	"н.д": core.Unknown, "н. д": core.Unknown, "б/д": core.Unknown, "не установлено": core.Unknown, "не установлен": core.Unknown,
	"не указано": core.Unknown, "не указан": core.Unknown, "неясно": core.Unknown, "невідомо": core.Unknown, "unknown": core.Unknown,
	"not known": core.Unknown, "no data": core.Unknown, "no information": core.Unknown, "unk": core.Unknown, "unclear": core.Unknown,
	"not available": core.Unknown, "null": core.Unknown, "nan": core.Unknown, "?": core.Unknown, "??": core.Unknown, "???": core.Unknown,
	"несколько": core.Unknown, "several": core.Unknown, "some": core.Unknown, "много": core.Unknown, "many": core.Unknown,

	"не спрашивали": core.NotAsked, "не спросили": core.NotAsked, "не спрошено": core.NotAsked, "не опрашивали": core.NotAsked,
	"not asked": core.NotAsked,

	"отказ": core.Refused, "отказ от ответа": core.Refused, "отказался": core.Refused, "отказалась": core.Refused, "отказались": core.Refused,
	"отказался отвечать": core.Refused, "отказалась отвечать": core.Refused, "отказано в ответе": core.Refused, "refused": core.Refused,
	"refused to answer": core.Refused, "declined": core.Refused, "declined to answer": core.Refused, "prefer not to say": core.Refused,

	"неприменимо": core.NotApplicable, "не применимо": core.NotApplicable, "н/п": core.NotApplicable, "не относится": core.NotApplicable,
	"n/a": core.NotApplicable, "na": core.NotApplicable, "n.a": core.NotApplicable, "#n/a": core.NotApplicable,
	"not applicable": core.NotApplicable,
}

// MissingWord reports whether s says that there is no value, and why: «н/д» is
// core.Unknown, "refused" core.Refused; nothing, a dash or a row of dots is
// missing without a reason ("").
func MissingWord(s string) (core.Missing, bool) {
	if strings.Trim(s, "-–—−_./… \u00a0\t\n") == "" {
		return "", true
	}
	if len(s) > 60 { // longer than any of the words
		return "", false
	}
	s = strings.ToLower(squeeze(s))
	s = strings.Trim(s, "()[]<>\"«». ")
	if m, ok := missingWords[s]; ok {
		return m, true
	}
	return "", s == ""
}

// squeeze makes every kind and run of blanks one space and trims.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// ParseYesNo reads да/нет, yes/no and the like. ok is false for anything else,
// including missing words: ask MissingWord first.
func ParseYesNo(s string) (yes, ok bool) {
	switch strings.Trim(strings.ToLower(squeeze(s)), ".!()") {
	case "да", "д", "yes", "y", "true", "t", "1", "+", "истина", "верно", "есть", "так", "v", "x", "х", "✓", "✔", "☑", "☒", "on":
		return true, true
	case "нет", "н", "no", "n", "false", "f", "0", "ложь", "неверно", "ні", "не", "☐", "off":
		return false, true
	}
	return false, false
}
