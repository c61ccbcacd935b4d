package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
	"svod/internal/text"
)

// actPage adds an act with its victim and those who did it in one go.
type actPage struct {
	Frame
	Event  recordHead
	Action string
	Type   actType
	Fields []control // when, and what most acts need
	More   []control // folded
	Victim whoForm
	Blamed []whoForm
	Count  int // of Blamed
	Reason string
}

// actType is the list of types of act, cut down by words.
type actType struct {
	Filter   string
	Name     string
	Problems []string
	Groups   []optGroup
	Found    int
	Cut      bool        // the list shows only what fits the words
	Missing  *form.Input // why the type is not known
}

const (
	prefixAct    = "act."
	prefixVictim = "v."
	inputFilter  = "_filter"
	inputPerps   = "_perps"
	inputMore    = "_more"
	inputOther   = "_other" // button: not the record that was chosen
	maxPerps     = 20
)

func actFields() []string { return []string{fieldStartDate, fieldExactPlace} }
func actMore() []string {
	return []string{fieldEndDate, fieldPlaceType, fieldMethod, fieldStatusAtEnd, fieldAge, "stated_reason", "physical_harm"}
}

// actState is the form as it came back.
type actState struct {
	in     url.Values
	raw    url.Values // of the act
	values core.Values
	errs   core.Errors // of the act
	victim *whoState
	perps  []*whoState
}

// actBatch is what one POST creates, and which part of the form each record
// came from.
type actBatch struct {
	drafts []kernel.Draft
	from   []string // prefixes
	circle core.ID
	reason string
}

func (b *actBatch) add(prefix string, d kernel.Draft) {
	d.Circle, d.Reason = b.circle, b.reason
	b.drafts, b.from = append(b.drafts, d), append(b.from, prefix)
}

// actEvent is the event of the address, when acts can be added to it.
func (v *visit) actEvent() (openedRecord, error) {
	o, err := v.editable()
	if err == nil && (o.Type != typeEvent || v.s.kernel.Packs().Type(typeAct) == nil) {
		return o, core.NotFound()
	}
	return o, err
}

// actShow is the empty form; the date is the event's.
func (s *Server) actShow(v *visit) error {
	o, err := v.actEvent()
	if err != nil {
		return err
	}
	in := url.Values{}
	if d := o.Values[fieldStartDate].First().Date; d != nil {
		in.Set(prefixAct+form.InputName(fieldStartDate, 0, "date"), d.String())
	}
	st, err := v.readAct(o, in)
	if err != nil {
		return err
	}
	st.errs = nil
	return v.actAgain(o, st, Problems{Status: http.StatusOK})
}

// readAct reads the whole form.
func (v *visit) readAct(o openedRecord, in url.Values) (*actState, error) {
	packs := v.s.kernel.Packs()
	st := &actState{in: in, raw: below(in, prefixAct)}
	d := form.DecodeForm(packs.Type(typeAct), st.raw, packs)
	st.values, st.errs = d.Values, d.Errors
	st.values[fieldEvent] = core.LinkValue(o.ID)
	var err error
	if st.victim, err = v.readWho(in, prefixVictim, false); err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(in.Get(inputPerps))
	if err != nil || n < 1 {
		n = 1
	}
	for i := range min(n, maxPerps) {
		w, err := v.readWho(in, "p"+strconv.Itoa(i)+".", true)
		if err != nil {
			return nil, err
		}
		st.perps = append(st.perps, w)
	}
	return st, nil
}

// actSubmit creates everything in one transaction, or shows the form again
// with all that was typed.
func (s *Server) actSubmit(v *visit) error {
	o, err := v.actEvent()
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	st, err := v.readAct(o, in)
	if err != nil {
		return err
	}
	if in.Has(inputMore) {
		st.perps = append(st.perps, nil)[:min(len(st.perps)+1, maxPerps)]
		if last := len(st.perps) - 1; st.perps[last] == nil {
			if st.perps[last], err = v.readWho(url.Values{}, "p"+strconv.Itoa(last)+".", true); err != nil {
				return err
			}
		}
	}
	if in.Has(inputMore) || in.Has(inputFind) || in.Has(inputFilter+"_go") || in.Has(inputOther) || in.Has(form.AddName) {
		v.forget(st)
		return v.actAgain(o, st, Problems{Status: http.StatusOK})
	}
	batch, err := v.actBatch(o, st)
	if err != nil {
		return err
	}
	if batch == nil {
		return v.actAgain(o, st, v.actProblems(st))
	}
	if _, err := s.kernel.CreateMany(v.ctx, v.actor, batch.drafts); err != nil {
		if _, ok := v.problems(err); !ok {
			return err
		}
		st.blame(batch, errorsOf(err))
		return v.actAgain(o, st, v.actProblems(st))
	}
	if in.Has("_again") {
		return v.done("flash.act_added", recordActURL(o.ID))
	}
	return v.done("flash.act_added", recordURL(o.ID))
}

// forget drops errors: the author is still filling in.
func (v *visit) forget(st *actState) {
	st.errs = nil
	for _, w := range append([]*whoState{st.victim}, st.perps...) {
		w.errs, w.own = map[string]core.Errors{}, nil
	}
}

// actBatch is what to create; nil when something has to be mended first.
func (v *visit) actBatch(o openedRecord, st *actState) (*actBatch, error) {
	packs := v.s.kernel.Packs()
	b := &actBatch{circle: o.Circle, reason: st.in.Get(inputReason)}
	if err := v.choose(st.victim, st.in, true); err != nil {
		return nil, err
	}
	wrong := st.victim.wrong()
	if !wrong {
		st.values[fieldVictim] = core.LinkValue(st.victim.draft(b))
	}
	act := core.NewID()
	var after []kernel.Draft
	var from []string
	for _, w := range st.perps {
		if w.blank() {
			w.errs = map[string]core.Errors{}
			continue
		}
		if err := v.choose(w, st.in, false); err != nil {
			return nil, err
		}
		w.inv[fieldAct] = core.LinkValue(act)
		if !w.wrong() {
			w.inv[fieldPerpetrator] = core.LinkValue(w.draft(b))
		} else {
			w.inv[fieldPerpetrator] = core.MissingValue(core.Unknown) // said elsewhere on the page
		}
		w.errs[w.invPrefix()] = mergedErrors(w.errs[w.invPrefix()], form.Check(packs.Type(typeInvolvement), w.inv, packs))
		wrong = wrong || w.wrong()
		after, from = append(after, kernel.Draft{Type: typeInvolvement, Values: w.inv}), append(from, w.invPrefix())
	}
	check := st.values.Clone()
	if st.victim.wrong() {
		check[fieldVictim] = core.MissingValue(core.Unknown) // said elsewhere on the page
	}
	st.errs = mergedErrors(st.errs, form.Check(packs.Type(typeAct), check, packs))
	if wrong || len(st.errs) > 0 {
		return nil, nil
	}
	b.add(prefixAct, kernel.Draft{ID: act, Type: typeAct, Values: st.values})
	for i := range after {
		b.add(from[i], after[i])
	}
	return b, nil
}

// blame puts the kernel's errors to the parts of the form they came from.
func (st *actState) blame(b *actBatch, errs core.Errors) {
	for _, e := range errs {
		prefix := prefixAct
		if len(b.from) == 1 {
			prefix = b.from[0]
		} else if e.Row >= 1 && e.Row <= len(b.from) {
			prefix = b.from[e.Row-1]
		}
		c := *e
		c.Row = 0
		if prefix == prefixAct {
			st.errs = append(st.errs, &c)
			continue
		}
		for _, w := range append([]*whoState{st.victim}, st.perps...) {
			if strings.HasPrefix(prefix, w.prefix) {
				w.errs[prefix] = append(w.errs[prefix], &c)
			}
		}
	}
}

// actProblems is the summary at the top of the page.
func (v *visit) actProblems(st *actState) Problems {
	p := Problems{Status: http.StatusUnprocessableEntity}
	add := func(prefix string, errs core.Errors) {
		for _, e := range errs {
			field := strings.ReplaceAll(prefix+"c-"+e.Field, ".", "-")
			if prefix == prefixAct && e.Field == fieldTypeOfAct {
				field = "type-of-act"
			}
			p.List = append(p.List, Problem{Field: field, Text: v.named(prefix, e)})
		}
	}
	add(prefixAct, st.errs)
	for _, w := range append([]*whoState{st.victim}, st.perps...) {
		id := "who-" + strings.TrimSuffix(w.prefix, ".")
		for _, key := range w.own {
			p.List = append(p.List, Problem{Field: id, Text: v.T(key)})
		}
		if len(w.double) > 0 {
			p.List = append(p.List, Problem{Field: id, Text: v.T("form.doubles")})
		}
		add(w.newPrefix(), w.errs[w.newPrefix()])
		add(w.invPrefix(), w.errs[w.invPrefix()])
	}
	return p
}

// named says which field an error is about: the same words stand several times
// on this page.
func (v *visit) named(prefix string, e *core.Error) string {
	typ := typeAct
	switch {
	case strings.HasSuffix(prefix, "new."):
		typ = typePerson
	case strings.HasSuffix(prefix, "inv."):
		typ = typeInvolvement
	}
	if f := v.s.kernel.Packs().Type(typ).Field(e.Field); f != nil {
		return f.Label.In(v.lang) + ": " + v.message(e)
	}
	return v.message(e)
}

// actAgain shows the form.
func (v *visit) actAgain(o openedRecord, st *actState, p Problems) error {
	page := actPage{Frame: v.frameOf(o, Crumb{Label: v.T("event.add_act")}).with(p), Event: o.head, Action: recordActURL(o.ID),
		Count: len(st.perps), Reason: st.in.Get(inputReason), Type: v.actType(st)}
	page.Fields = v.picked(typeAct, prefixAct, st.raw, st.values, st.errs, st.in.Get(form.AddName), actFields())
	page.More = v.picked(typeAct, prefixAct, st.raw, st.values, st.errs, st.in.Get(form.AddName), actMore())
	var err error
	if page.Victim, err = v.whoForm(st.victim, v.T("event.victim"), v.T("event.victim_hint")); err != nil {
		return err
	}
	for i, w := range st.perps {
		if w.removed {
			w.words, w.link, w.making = "", "", false
		}
		wf, err := v.whoForm(w, v.T("event.perpetrator", "number", strconv.Itoa(i+1)), v.T("event.perpetrator_hint"))
		if err != nil {
			return err
		}
		page.Blamed = append(page.Blamed, wf)
	}
	return v.render(p.Status, "event_act", page)
}

// actType is the vocabulary as branches, cut down to what fits the words.
func (v *visit) actType(st *actState) actType {
	packs := v.s.kernel.Packs()
	f := packs.Type(typeAct).Field(fieldTypeOfAct)
	out := actType{Filter: strings.TrimSpace(st.in.Get(inputFilter)), Name: prefixAct + form.InputName(fieldTypeOfAct, 0, "term")}
	for _, e := range st.errs {
		if e.Field == fieldTypeOfAct {
			out.Problems = append(out.Problems, v.message(e))
		}
	}
	for _, c := range v.picked(typeAct, prefixAct, st.raw, st.values, nil, "", []string{fieldTypeOfAct}) {
		out.Missing = c.Missing
	}
	chosen := st.raw.Get(form.InputName(fieldTypeOfAct, 0, "term"))
	voc := packs.Vocabulary(f.Vocabulary)
	if voc == nil {
		return out
	}
	words := strings.Fields(text.Fold(out.Filter))
	out.Cut = len(words) > 0
	for i := range voc.Terms {
		t := &voc.Terms[i]
		if t.Hidden && t.Code != chosen || t.Code != chosen && !fits(t, words) {
			continue
		}
		out.Found++
		up := packs.Ancestors(f.Vocabulary, t.Code)
		top, depth := t.Label.In(v.lang), len(up)
		if depth > 0 {
			top = packs.Label(f.Vocabulary, up[depth-1]).In(v.lang)
		}
		if n := len(out.Groups); n == 0 || out.Groups[n-1].Label != top {
			out.Groups = append(out.Groups, optGroup{Label: top})
		}
		g := &out.Groups[len(out.Groups)-1]
		o := optionView{Value: t.Code, Label: t.Label.In(v.lang), Selected: t.Code == chosen, Indent: strings.Repeat("\u2003", max(0, depth-1))}
		if depth == 0 {
			o.Label = v.T("event.type_general", "type", o.Label)
		}
		g.Options = append(g.Options, o)
	}
	// One that is left is the one meant.
	if out.Cut && out.Found == 1 && chosen == "" {
		out.Groups[0].Options[0].Selected = true
	}
	return out
}

// fits reports whether a term is called by all the words, in any language.
func fits(t *core.Term, words []string) bool {
	if len(words) == 0 {
		return true
	}
	called := t.Code
	for _, s := range t.Label {
		called += " " + text.Fold(s)
	}
	for _, s := range t.Aliases {
		called += " " + text.Fold(s)
	}
	for _, w := range words {
		if !strings.Contains(called, w) {
			return false
		}
	}
	return true
}
