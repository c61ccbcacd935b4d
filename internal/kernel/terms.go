package kernel

import (
	"context"
	"encoding/json"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// States of a local term.
const termActive = "active"

// loadTerms lays the organisation's own terms over those of the packs.
func (k *Kernel) loadTerms(ctx context.Context) error {
	var rows []store.VocabularyTerm
	err := k.store.Read(ctx, func(tx store.Tx) error {
		var err error
		rows, err = tx.Terms("")
		return err
	})
	if err != nil {
		return fromStore(err)
	}
	set := k.shipped
	for i := 0; i < len(rows); {
		j := i
		var terms []core.Term
		for ; j < len(rows) && rows[j].Vocabulary == rows[i].Vocabulary; j++ {
			terms = append(terms, core.Term{Code: rows[j].Code, Parent: rows[j].Parent, Label: wordsOf(rows[j].Labels),
				Interop: rows[j].Interop, Hidden: rows[j].State != termActive})
		}
		if set.Vocabulary(rows[i].Vocabulary) != nil {
			set = set.WithTerms(rows[i].Vocabulary, terms)
		}
		i = j
	}
	k.packs.Store(set)
	return nil
}

// PutTerms adds an organisation's own terms to a vocabulary, or replaces those
// with the same codes: a HURIDOCS list the organisation owns, its local index,
// its list of laws. Admins may. Source says where the list is from. Errors:
// KindInvalid naming the row of a term that does not fit.
func (k *Kernel) PutTerms(ctx context.Context, a core.Actor, vocabulary, source string, terms []core.Term) error {
	packs := k.Packs()
	if packs.Vocabulary(vocabulary) == nil {
		return core.NotFound()
	}
	if err := packs.CheckTerms(vocabulary, terms); err != nil {
		return err
	}
	err := k.write(ctx, a, func(v *view, u *unit) error {
		if !a.Admin {
			return core.Forbidden("error.need_admin")
		}
		rows := make([]store.VocabularyTerm, len(terms))
		for i, t := range terms {
			labels, err := json.Marshal(t.Label)
			if err != nil {
				return core.Internal(err)
			}
			rows[i] = store.VocabularyTerm{Vocabulary: vocabulary, Code: t.Code, Parent: t.Parent, Position: int64(i),
				Labels: string(labels), Interop: t.Interop, State: termActive, Source: clip(source, 200)}
		}
		if err := v.Tx.PutTerms(rows); err != nil {
			return err
		}
		return u.note(ledger.KindConfig, a.Person, map[string]any{"vocabulary": vocabulary, "terms": len(rows)})
	})
	if err != nil {
		return err
	}
	return k.loadTerms(ctx)
}
