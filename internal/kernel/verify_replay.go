package kernel

import (
	"slices"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// replay is the state of grants as the ledger's entries, read in order, leave
// it. What the tables say must be the same.
type replay struct {
	members    map[string]map[string]string // circle, person: role
	recipients map[string]string            // circle: public key of the newest generation
	people     map[string]map[string]any    // person: body of the newest entry
	shared     map[string]map[core.ID]bool  // record: circles it is shared with
	files      map[string]string            // file: hash of the stored stream
	erased     map[string]bool
}

func newReplay() *replay {
	return &replay{members: map[string]map[string]string{}, recipients: map[string]string{},
		people: map[string]map[string]any{}, shared: map[string]map[core.ID]bool{},
		files: map[string]string{}, erased: map[string]bool{}}
}

func (r *replay) apply(e ledger.Entry, body map[string]any) {
	str := func(key string) string { s, _ := body[key].(string); return s }
	switch e.Kind {
	case ledger.KindMember:
		m := r.members[e.Subject]
		if m == nil {
			m = map[string]string{}
			r.members[e.Subject] = m
		}
		if role := str("role"); role == "" {
			delete(m, str("person"))
		} else {
			m[str("person")] = role
		}
	case ledger.KindKey:
		if recipient := str("recipient"); recipient != "" {
			r.recipients[e.Subject] = recipient
		}
	case ledger.KindPerson:
		if str("recipient") != "" {
			r.people[e.Subject] = body
		}
	case ledger.KindShare:
		r.share(e.Subject, core.ID(str("circle")), core.ID(str("home")), body["shared"] == true)
	case ledger.KindFile:
		if hash := str("hash"); hash != "" {
			r.files[e.Subject] = hash
		}
	case ledger.KindErase:
		r.erased[e.Subject] = true
	}
}

func (r *replay) share(record string, circle, home core.ID, given bool) {
	s := r.shared[record]
	if s == nil {
		s = map[core.ID]bool{}
		r.shared[record] = s
	}
	if given {
		s[circle] = true
		return
	}
	delete(s, circle)
	delete(s, home) // the new home holds the key as home
}

// granted are the circles that should hold a record's key.
func (r *replay) granted(row store.Record) []core.ID {
	out := []core.ID{core.ID(row.Circle)}
	for c := range r.shared[row.ID] {
		if string(c) != row.Circle {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}
