package kernel

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/sheet"
	"svod/internal/store"
)

// Formats of an export.
const (
	FormatCSV    = "csv"        // UTF-8 with a byte order mark, semicolons: opens in any spreadsheet
	FormatCP1251 = "csv-cp1251" // for programs that know no Unicode
	FormatXLSX   = "xlsx"
	FormatJSONL  = "jsonl" // one record a line, everything there is
	FormatESF    = "esf"   // a zip of coded tables, one per ESF format
)

// exportFormats names the ending and the kind of each format.
var exportFormats = map[string]struct{ ending, media string }{
	FormatCSV:    {".csv", "text/csv; charset=utf-8"},
	FormatCP1251: {".csv", "text/csv; charset=windows-1251"},
	FormatXLSX:   {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	FormatJSONL:  {".jsonl", "application/x-ndjson"},
	FormatESF:    {".zip", "application/zip"},
}

// ExportFormats lists the formats in the order a form offers them.
func ExportFormats() []string {
	return []string{FormatXLSX, FormatCSV, FormatCP1251, FormatJSONL, FormatESF}
}

// exportPage is how many records are open at once.
const exportPage = 500

// exporter carries one export through.
type exporter struct {
	k        *Kernel
	ctx      context.Context
	actor    core.Actor
	plan     ExportPlan
	typ      *core.Type // nil for records of all types
	ordinals []uint32
	progress func(done, total int64)
	done     int64
	info     ExportInfo
}

// Export writes everything the plan's query finds in the actor's scope to w.
// Before the first byte leaves, the ledger says who took how many records in
// which format and whether sealed fields were among them. progress may be nil.
// Errors: KindInvalid for an unknown format, field or query; whatever w fails
// with. What was written before an error is not complete.
func (k *Kernel) Export(ctx context.Context, a core.Actor, plan ExportPlan, w io.Writer, progress func(done, total int64)) (ExportInfo, error) {
	e, err := k.newExporter(ctx, a, plan, progress)
	if err != nil {
		return ExportInfo{}, err
	}
	if err := e.find(); err != nil {
		return ExportInfo{}, err
	}
	if err := e.note(); err != nil {
		return ExportInfo{}, err
	}
	buf := bufio.NewWriterSize(w, 64<<10)
	err = k.read(ctx, a, func(v *view) error {
		out, err := e.writer(v, buf)
		if err != nil {
			return err
		}
		if err := e.stream(v, out.record); err != nil {
			return err
		}
		return out.close()
	})
	if err == nil {
		err = fromStore(buf.Flush())
	}
	return e.info, err
}

func (k *Kernel) newExporter(ctx context.Context, a core.Actor, plan ExportPlan, progress func(done, total int64)) (*exporter, error) {
	f, ok := exportFormats[plan.Format]
	if !ok {
		return nil, core.Invalid("export.unknown_format", "format", plan.Format).At("format")
	}
	if plan.Lang == "" {
		plan.Lang = a.Lang
	}
	e := &exporter{k: k, ctx: ctx, actor: a, plan: plan, typ: k.Packs().Type(plan.Find.Type), progress: progress}
	if plan.Find.Type != "" && e.typ == nil {
		return nil, core.Invalid("error.unknown_type", "type", plan.Find.Type).At("type")
	}
	if e.typ == nil && plan.Format != FormatJSONL && plan.Format != FormatESF {
		return nil, core.Invalid("export.type_needed").At("type")
	}
	for _, key := range plan.Fields {
		if e.typ == nil || e.typ.Field(key) == nil {
			return nil, core.Invalid("export.unknown_field", "field", key).At("fields")
		}
	}
	name := "records"
	if e.typ != nil {
		name = e.typ.Name
	}
	e.info = ExportInfo{Name: name + "-" + k.now().Format("2006-01-02") + f.ending, Media: f.media}
	return e, nil
}

// find lists what will be written, in the order of the query.
func (e *exporter) find() error {
	return e.k.read(e.ctx, e.actor, func(v *view) error {
		q := e.plan.Find
		q.Limit, q.Cursor = maxLimit, ""
		ans, err := v.ask(q, nil)
		if err != nil {
			return err
		}
		e.ordinals = make([]uint32, 0, ans.result.Count())
		for {
			p, err := v.page(q, ans.result)
			if err != nil {
				return err
			}
			e.ordinals = append(e.ordinals, p.ordinals...)
			if p.next == "" || len(p.ordinals) == 0 {
				break
			}
			q.Cursor = p.next
		}
		if e.plan.Format == FormatESF {
			e.ordinals, err = v.withParts(e.ordinals)
		}
		return err
	})
}

// note writes the ledger entry.
func (e *exporter) note() error {
	return e.k.write(e.ctx, e.actor, func(v *view, u *unit) error {
		size, err := v.LedgerSize()
		if err != nil {
			return err
		}
		e.info.Ledger = size
		return u.note(ledger.KindExport, e.actor.Person, map[string]any{"format": e.plan.Format, "type": e.plan.Find.Type,
			"records": len(e.ordinals), "sealed": e.plan.Sealed})
	})
}

// recordWriter writes records in one format.
type recordWriter interface {
	record(r *core.Record, links map[core.ID]core.Words) error
	close() error
}

func (e *exporter) writer(v *view, w *bufio.Writer) (recordWriter, error) {
	switch e.plan.Format {
	case FormatXLSX:
		return e.newXLSX(w)
	case FormatJSONL:
		return &jsonWriter{e: e, w: w}, nil
	case FormatESF:
		return e.newESF(v, w)
	}
	return e.newCSV(w)
}

// stream opens the records, a page at a time, and hands them on as the plan
// lets them leave: in scope, presented, without sealed fields unless asked.
func (e *exporter) stream(v *view, write func(*core.Record, map[core.ID]core.Words) error) error {
	for at := 0; at < len(e.ordinals); at += exportPage {
		page := e.ordinals[at:min(at+exportPage, len(e.ordinals))]
		records, err := v.opened(page)
		if err != nil {
			return err
		}
		if !e.plan.Sealed {
			for i := range records {
				e.k.unsealed(&records[i])
			}
		}
		links, err := e.linkTitles(v, records)
		if err != nil {
			return err
		}
		for i := range records {
			if err := write(&records[i], links); err != nil {
				return fromStore(err)
			}
			e.info.Records++
		}
		e.done += int64(len(page))
		if e.progress != nil {
			e.progress(e.done, int64(len(e.ordinals)))
		}
		if err := e.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// opened are the records with these ordinals, as far as they are in scope, in
// their order, ready to be shown.
func (v *view) opened(ordinals []uint32) ([]core.Record, error) {
	rows, err := v.RecordsByOrdinal(ordinals)
	if err != nil {
		return nil, err
	}
	fs, err := v.admit(rows)
	if err != nil {
		return nil, err
	}
	records, err := v.openCurrent(fs)
	if err != nil {
		return nil, err
	}
	return records, v.present(records)
}

// unsealed takes out the sealed fields. The title may come from one: linkTitles
// makes it anew from what is left.
func (k *Kernel) unsealed(r *core.Record) {
	t := k.Packs().Type(r.Type)
	for i := range t.Fields {
		if t.Fields[i].Sensitivity == core.Sealed {
			delete(r.Values, t.Fields[i].Key)
		}
	}
	r.Locked = nil
}

// linkTitles names the records that others link to, by what may leave.
func (e *exporter) linkTitles(v *view, records []core.Record) (map[core.ID]core.Words, error) {
	var ids []core.ID
	for i := range records {
		ids = append(ids, linkTargets(e.k.Packs().Type(records[i].Type), records[i].Values)...)
	}
	slices.Sort(ids)
	fs, err := v.findMany(slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	targets, err := v.openCurrent(fs)
	if err != nil {
		return nil, err
	}
	out := make(map[core.ID]core.Words, len(targets))
	for i := range targets {
		r := &targets[i]
		if !e.plan.Sealed {
			e.k.unsealed(r)
		}
		number := " (" + Number(r.Type, r.ID) + ")"
		w := core.Words{}
		for lang, s := range e.k.title(e.k.Packs().Type(r.Type), r.ID, r.Values, nil) {
			w[lang] = s + number
		}
		out[r.ID] = w
	}
	for i := range records {
		r := &records[i]
		r.Title = e.k.title(e.k.Packs().Type(r.Type), r.ID, r.Values, out)
	}
	return out, nil
}

// fields are those of a type that the plan lets leave, in form order.
func (e *exporter) fields(t *core.Type) []*core.Field {
	var out []*core.Field
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Sensitivity == core.Sealed && !e.plan.Sealed || len(e.plan.Fields) > 0 && !slices.Contains(e.plan.Fields, f.Key) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// tell adds what a table writer had to say.
func (e *exporter) tell(notes []sheet.Note) {
	for _, n := range notes {
		x := core.Invalid(n.Key, append([]any{"row", n.Row, "column", sheet.ColumnLetter(n.Col), "field", n.Field, "value", "…"}, n.Args...)...)
		e.info.Notes = append(e.info.Notes, x.AtCell(n.Row, n.Col))
	}
}

// ExportStart makes an export as a job. Its result waits, sealed to the actor,
// for a day: see ExportOpen.
func (k *Kernel) ExportStart(ctx context.Context, a core.Actor, plan ExportPlan) (Job, error) {
	e, err := k.newExporter(ctx, a, plan, nil)
	if err != nil {
		return Job{}, err
	}
	if err := e.find(); err != nil { // a query that cannot be understood is told at once
		return Job{}, err
	}
	return k.startJob(ctx, a, jobExport, exportPayload{plan})
}

func (k *Kernel) runExport(w work) (string, error) {
	var p exportPayload
	if err := w.payload(&p); err != nil {
		return "", err
	}
	var written, total atomic.Int64
	pr, pw := io.Pipe()
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	meta := stagedMeta{}
	done := make(chan error, 1)
	go func() {
		info, err := k.Export(ctx, w.actor, p.Plan, pw, func(n, of int64) { written.Store(n); total.Store(of) })
		meta.Name, meta.Export = info.Name, &info
		if err == nil && info.Records == 0 {
			_, err = io.WriteString(pw, "\n") // an empty list is an answer too
		}
		pw.CloseWithError(err)
		done <- err
	}()
	id, err := k.keepSealed(w.ctx, w.actor, draftExport, &meta, &beatingReader{r: pr, beat: func() error {
		return w.beat(written.Load(), total.Load()+1)
	}})
	_ = pr.CloseWithError(context.Canceled)
	cancel()
	if exportErr := <-done; exportErr != nil && err != nil && core.KindOf(exportErr) != core.KindInternal {
		err = exportErr
	}
	return string(id), err
}

// beatingReader reports progress as it is read: the export itself holds a
// reading transaction, and progress is a write.
type beatingReader struct {
	r    io.Reader
	beat func() error
}

func (b *beatingReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == nil {
		err = b.beat()
	}
	return n, err
}

// ExportOpen opens the result of an export job of the actor; the caller closes
// it. KindNotFound when the job is not done, is somebody else's, or its result
// has expired.
func (k *Kernel) ExportOpen(ctx context.Context, a core.Actor, job core.ID) (ExportInfo, io.ReadSeekCloser, error) {
	j, err := k.Job(ctx, a, job)
	if err != nil {
		return ExportInfo{}, nil, err
	}
	if j.Kind != jobExport || j.State != store.JobDone {
		return ExportInfo{}, nil, core.NotFound()
	}
	meta, _, err := k.draftOf(ctx, a, draftExport, j.Result)
	if err != nil {
		return ExportInfo{}, nil, err
	}
	f, c, err := k.openDraft(ctx, a, j.Result)
	if err != nil {
		return ExportInfo{}, nil, err
	}
	return *meta.Export, fileReader{f.Reader(), c}, nil
}

// joinItems writes several items into one cell.
func joinItems(items []string) string { return strings.Join(items, " | ") }
