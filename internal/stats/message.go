package stats

import (
	"embed"
	"errors"
	"io/fs"

	"svod/internal/core"
)

// Keys of errors about the input.
const (
	errNoRows    = "error.stats_no_rows"
	errNoLists   = "error.stats_no_lists"
	errManyLists = "error.stats_many_lists"
	errListName  = "error.stats_list_name"
	errHistory   = "error.stats_history"
	errUnseen    = "error.stats_unseen"
	errCount     = "error.stats_count"
	errTooLarge  = "error.stats_too_large"
	errMark      = "error.stats_mark"
	errColumn    = "error.stats_column"
	errModel     = "error.stats_model"
	errOption    = "error.stats_option"
	errExposure  = "error.stats_exposure"
	errSquare    = "error.stats_square"
	errSeries    = "error.stats_series"
	errProtect   = "error.stats_protect"
)

// Keys of refusals: the input is well formed, and still no honest estimate of
// this kind can be made from it.
const (
	RefuseFewLists        = "stats.refuse_few_lists"
	RefuseNoOverlap       = "stats.refuse_no_overlap"
	RefuseNotIdentifiable = "stats.refuse_not_identifiable"
	RefuseNoEstimate      = "stats.refuse_no_estimate"
	RefuseNoModel         = "stats.refuse_no_model"
	RefuseChains          = "stats.refuse_chains"
	RefuseGraphLists      = "stats.refuse_graph_lists"
	RefuseSaturated       = "stats.refuse_saturated"
	RefuseHoldoutLists    = "stats.refuse_holdout_lists"
	RefuseNotConverged    = "stats.refuse_not_converged"
	RefuseUnbounded       = "stats.refuse_unbounded"
)

// Keys of the sentences of a verdict and of the notes beside a table.
const (
	sayNone        = "stats.say_none"
	sayRange       = "stats.say_range"
	sayRangeOpen   = "stats.say_range_open"
	sayOneFamily   = "stats.say_one_family"
	sayKnown       = "stats.say_known"
	sayBound       = "stats.say_bound"
	sayBecause     = "stats.say_because"
	becauseSpread  = "stats.because_spread"
	becauseHoldout = "stats.because_holdout"
	becauseUntest  = "stats.because_untested"
	becauseChains  = "stats.because_chains"
	becauseWide    = "stats.because_wide"
	becauseAssume  = "stats.because_assumptions"
	noteBlank      = "stats.note_blank"
	noteLeftOut    = "stats.note_left_out"
	noteOutside    = "stats.note_outside"
	noteAlone      = "stats.note_alone"
	noteEmptyList  = "stats.note_empty_list"
	noteFewDraws   = "stats.note_few_draws"
)

// ErrorKeys lists the keys of the errors (*core.Error) about input.
func ErrorKeys() []string {
	return []string{errNoRows, errNoLists, errManyLists, errListName, errHistory, errUnseen, errCount, errTooLarge,
		errMark, errColumn, errModel, errOption, errExposure, errSquare, errSeries, errProtect}
}

// RefusalKeys lists the keys of the refusals.
func RefusalKeys() []string {
	return []string{RefuseFewLists, RefuseNoOverlap, RefuseNotIdentifiable, RefuseNoEstimate, RefuseNoModel, RefuseChains,
		RefuseGraphLists, RefuseSaturated, RefuseHoldoutLists, RefuseNotConverged, RefuseUnbounded}
}

// SentenceKeys lists the keys of the sentences of a verdict and of the notes.
func SentenceKeys() []string {
	return []string{sayNone, sayRange, sayRangeOpen, sayOneFamily, sayKnown, sayBound, sayBecause, becauseSpread,
		becauseHoldout, becauseUntest, becauseChains, becauseWide, becauseAssume, noteBlank, noteLeftOut, noteOutside, noteAlone, noteEmptyList, noteFewDraws}
}

// Message is a sentence for people: a key of the catalogue with alternating
// placeholder names and values.
type Message struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// Refusal says why a family gives no estimate. Family is empty when the refusal
// holds for all of them.
type Refusal struct {
	Family Family `json:"family,omitempty"`
	Message
}

func refuse(key string, args ...any) *core.Error { return core.Invalid(key, args...) }

// refusalOf turns a refusal returned as an error into a line of a report; other
// errors are not refusals.
func refusalOf(f Family, err error) (Refusal, bool) {
	var e *core.Error
	if !errors.As(err, &e) || e.Kind != core.KindInvalid {
		return Refusal{}, false
	}
	return Refusal{Family: f, Message: Message{Key: e.Key, Args: e.Args}}, true
}

//go:embed locale/*.json
var localeFiles embed.FS

// Locale holds the messages of ErrorKeys, RefusalKeys, SentenceKeys, the names
// of the families ("stats.family_…") and of the kinds of intervals
// ("stats.interval_…") in ru.json and en.json, for text.Load with the directory ".".
func Locale() fs.FS {
	sub, err := fs.Sub(localeFiles, "locale")
	if err != nil {
		return localeFiles // cannot happen: the directory is embedded above
	}
	return sub
}
