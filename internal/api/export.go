package api

import (
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"svod/internal/kernel"
)

// exportKinds are the media types and endings of the formats.
var exportKinds = map[string]struct{ media, ending string }{
	kernel.FormatCSV:    {"text/csv; charset=utf-8", ".csv"},
	kernel.FormatCP1251: {"text/csv; charset=windows-1251", ".csv"},
	kernel.FormatXLSX:   {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
	kernel.FormatJSONL:  {"application/x-ndjson", ".jsonl"},
	kernel.FormatESF:    {"application/zip", ".zip"},
}

func (a *API) exportRoutes() {
	op := operation(http.MethodGet, "/export", "export", "records", "Write everything a query finds to a file; the ledger says so")
	op.Responses = map[string]*huma.Response{"200": download("The file, as the format says",
		"text/csv", exportKinds[kernel.FormatXLSX].media, exportKinds[kernel.FormatJSONL].media, exportKinds[kernel.FormatESF].media)}
	on(a, op, a.export)
}

type exportInput struct {
	Question
	Sort   string   `query:"sort"`
	Format string   `query:"format" enum:"csv,csv-cp1251,xlsx,jsonl,esf" default:"jsonl"`
	Fields []string `query:"fields" doc:"Field keys; all when left out"`
	Lang   string   `query:"lang" doc:"Language of headings and terms; that of the answer when left out"`
	Sealed bool     `query:"sealed" doc:"Include sealed fields; the ledger says that it was so"`
	Reason string   `query:"reason" maxLength:"500"`
}

func (a *API) export(c call, in *exportInput) (*streamOutput, error) {
	q, err := a.findQuery(in.Question)
	if err != nil {
		return nil, err
	}
	if q.Sort, err = a.sort(in.Type, in.Sort); err != nil {
		return nil, err
	}
	plan := kernel.ExportPlan{Find: q, Format: in.Format, Fields: in.Fields, Lang: in.Lang, Sealed: in.Sealed, Reason: in.Reason}
	if plan.Lang == "" {
		plan.Lang = c.lang
	}
	name := in.Type
	if name == "" {
		name = "records"
	}
	kind := exportKinds[in.Format]
	return &streamOutput{func(ctx huma.Context) {
		_, w := humago.Unwrap(ctx)
		out := &lateHeader{w: w, begin: func() {
			attach(ctx, name+"-"+a.k.Now().Format("2006-01-02")+kind.ending, kind.media)
			ctx.SetStatus(http.StatusOK)
		}}
		_, err := a.k.Export(c, c.actor, plan, out, nil)
		switch {
		case err == nil:
			out.start() // an export of nothing is a file too
		case out.begun:
			a.breakOff(c, "export", err)
		default:
			a.refuse(w, c, err)
		}
	}}, nil
}

// lateHeader sends the headers with the first byte, so that what fails before it
// can still be answered as a problem.
type lateHeader struct {
	w     io.Writer
	begin func()
	begun bool
}

func (l *lateHeader) start() {
	if !l.begun {
		l.begun = true
		l.begin()
	}
}

func (l *lateHeader) Write(b []byte) (int, error) {
	l.start()
	return l.w.Write(b)
}
