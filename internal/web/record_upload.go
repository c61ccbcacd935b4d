package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
)

// Names of inputs that belong to the page and not to the record.
const (
	uploadPrefix = "_file." // followed by the field: files to add
	namePrefix   = "_name." // followed by a file's id: its name, while it waits
	inputCircle  = "_circle"
	inputBase    = "_base"
	inputReason  = "_reason"
	inputSure    = "_sure" // the hinted duplicates are somebody else
	inputFind    = "_find" // button: look for the records that links mean
)

// posted is a record form as it came back. Files are sealed while they are
// read, so nothing of them waits in clear.
type posted struct {
	values url.Values
	errs   core.Errors // about files
	added  int         // files that came with this form
}

// uploadRows is where rows of new files begin, beyond what a form shows.
const uploadRows = form.MaxItems

// postedForm reads a form with or without files. home is the circle files are
// sealed for; a form that lets people choose it sends inputCircle before the
// first file.
func (v *visit) postedForm(home core.ID) (posted, error) {
	media, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		values, err := v.form()
		return posted{values: values}, err
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return posted{}, &core.Error{Kind: core.KindInvalid, Key: "error.bad_form", Err: err}
	}
	out := posted{values: url.Values{}}
	room := int64(maxForm)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			legible(out.values)
			return out, nil
		}
		if err != nil {
			return out, brokenForm(err)
		}
		if field, ok := strings.CutPrefix(part.FormName(), uploadPrefix); ok {
			if err := v.takeFile(&out, part, field, home); err != nil {
				return out, err
			}
			continue
		}
		b, err := io.ReadAll(io.LimitReader(part, room+1))
		if err != nil {
			return out, brokenForm(err)
		}
		if room -= int64(len(b)); room < 0 {
			return out, &core.Error{Kind: core.KindTooLarge, Key: "error.form_too_large", Args: []any{"max", maxForm >> 20}}
		}
		out.values.Add(part.FormName(), string(b))
	}
}

func brokenForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &core.Error{Kind: core.KindTooLarge, Key: "error.upload_too_large", Args: []any{"max", tooLarge.Limit >> 20}, Err: err}
	}
	return &core.Error{Kind: core.KindInvalid, Key: "error.bad_form", Err: err}
}

// takeFile seals one uploaded file and puts its id into the form, as if it had
// been there already: when something else in the form is wrong, the file need
// not be sent again.
func (v *visit) takeFile(out *posted, part *multipart.Part, field string, home core.ID) error {
	if part.FileName() == "" || !v.signed {
		return nil
	}
	if home == "" {
		home = core.ID(out.values.Get(inputCircle))
	}
	info, err := v.s.kernel.PutFile(v.ctx, v.actor, home, part.FileName(), part)
	var e *core.Error
	if errors.As(err, &e) && (e.Kind == core.KindInvalid || e.Kind == core.KindTooLarge) {
		out.errs = append(out.errs, e.At(field))
		return nil
	}
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return brokenForm(err)
		}
		return err
	}
	out.values.Set(form.InputName(field, uploadRows+out.added, "file"), string(info.ID))
	out.values.Set(namePrefix+string(info.ID), info.Name)
	out.added++
	return nil
}

// names are the names of files that wait in the form.
func (p posted) names() map[core.ID]string {
	out := map[core.ID]string{}
	for name, values := range p.values {
		if id, ok := strings.CutPrefix(name, namePrefix); ok && len(values) > 0 {
			out[core.ID(id)] = values[0]
		}
	}
	return out
}

// circle is the circle a form chose.
func (p posted) circle() core.ID { return core.ID(p.values.Get(inputCircle)) }
