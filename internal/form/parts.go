package form

import (
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Parts of an item, the last piece of an input's name. Notes have one part per
// language instead: "note.ru".
const (
	partText       = "text"
	partNote       = "note" // followed by "." and the language
	partTerm       = "term"
	partDate       = "date"
	partNumber     = "number"
	partMax        = "max"
	partAbout      = "about"
	partAmount     = "amount"
	partCurrency   = "currency"
	partCode       = "code"
	partLocal      = "local"
	partLat        = "lat"
	partLon        = "lon"
	partPrecision  = "precision"
	partFull       = "full"
	partFamily     = "family"
	partGiven      = "given"
	partPatronymic = "patronymic"
	partScript     = "script"
	partUse        = "use"
	partChannel    = "channel"
	partValue      = "value"
	partLink       = "link"
	partFind       = "find" // words to look for the record to link
	partFile       = "file"
	partYes        = "yes"
	partClarify    = "clarify"
	partRemove     = "remove" // a ticked box drops the row
)

// partMissing is the reason for an empty field: "<field>.missing".
const partMissing = "missing"

// partsOf lists the parts of an item of the kind, in form order, without the
// languages of a note.
func partsOf(kind core.FieldKind) []string {
	switch kind {
	case core.FieldText:
		return []string{partText}
	case core.FieldTerm:
		return []string{partTerm}
	case core.FieldDate:
		return []string{partDate}
	case core.FieldNumber:
		return []string{partNumber, partMax, partAbout}
	case core.FieldMoney:
		return []string{partAmount, partCurrency, partAbout}
	case core.FieldPlace:
		return []string{partCode, partLocal, partLat, partLon, partPrecision}
	case core.FieldName:
		return []string{partFull, partFamily, partGiven, partPatronymic, partScript, partUse}
	case core.FieldContact:
		return []string{partChannel, partValue}
	case core.FieldLink:
		return []string{partLink, partFind}
	case core.FieldFile:
		return []string{partFile}
	case core.FieldYesNo:
		return []string{partYes}
	}
	return nil
}

// knownPart reports whether an input of the field can be called so.
func knownPart(f *core.Field, part string) bool {
	if part == partClarify || part == partRemove {
		return true
	}
	if f.Kind == core.FieldNote {
		lang, ok := strings.CutPrefix(part, partNote+".")
		return ok && knownLang(lang)
	}
	return slices.Contains(partsOf(f.Kind), part)
}

// knownLang accepts what can be a language code: two or three lower-case
// letters, perhaps with a script or region ("sr-latn").
func knownLang(lang string) bool {
	for i, piece := range strings.Split(lang, "-") {
		if len(piece) < 2 || len(piece) > 8 || i == 0 && len(piece) > 3 {
			return false
		}
		for _, r := range piece {
			if r < 'a' || r > 'z' {
				return false
			}
		}
	}
	return true
}

// Scripts lists the ISO 15924 codes that a name can carry, most used first.
func Scripts() []string { return []string{"Cyrl", "Latn", "Armn", "Geor", "Arab"} }

// NameUses lists what a name can be beside the current one ("").
func NameUses() []string { return []string{"former", "pseudonym", "married", "transliteration"} }

// InputName is the name of an input: field, row from 0, part.
func InputName(field string, row int, part string) string {
	return field + "." + strconv.Itoa(row) + "." + part
}

// MissingName is the name of the input that says why a field is empty.
func MissingName(field string) string { return field + "." + partMissing }

// ListName is the name under which all ticked terms of a field are sent.
func ListName(field string) string { return field + "." + partTerm }
