package api

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"svod/internal/core"
	"svod/internal/kernel"
)

const octets = "application/octet-stream"

func (a *API) fileRoutes() {
	on(a, operation(http.MethodGet, "/records/{id}/files", "files", "files", "List the files of a record"), a.files)
	down := operation(http.MethodGet, "/records/{id}/files/{file}", "download", "files", "Download the original of a file")
	down.Responses = map[string]*huma.Response{"200": download("The original, byte for byte", octets)}
	on(a, down, a.download)
	up := operation(http.MethodPost, "/files", "upload", "files", "Send a file, to be named in a file field and saved within a day")
	up.DefaultStatus, up.RequestBody = http.StatusCreated, rawBody("The file as it is")
	on(a, up, a.upload)
}

// rawBody documents a body that is not JSON.
func rawBody(what string) *huma.RequestBody {
	return &huma.RequestBody{Description: what, Required: true,
		Content: map[string]*huma.MediaType{octets: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
}

// download documents an answer that is not JSON.
func download(what string, media ...string) *huma.Response {
	r := &huma.Response{Description: what, Content: map[string]*huma.MediaType{}}
	for _, m := range media {
		r.Content[m] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return r
}

type filesOutput struct{ Body Files }

// Files are the files of a record.
type Files struct {
	Items []File `json:"items" nullable:"false"`
}

// File describes a file. Media is found out from the content.
type File struct {
	ID     core.ID   `json:"id" format:"uuid"`
	Record core.ID   `json:"record,omitempty" doc:"Empty until a saved version names the file"`
	Name   string    `json:"name"`
	Media  string    `json:"media"`
	Size   int64     `json:"size" doc:"Bytes"`
	SHA256 string    `json:"sha256" doc:"Of the original, hexadecimal"`
	Thumb  bool      `json:"thumb" doc:"There is a small picture of it"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
}

func fileOf(f kernel.FileInfo) File {
	return File{ID: f.ID, Record: f.Record, Name: f.Name, Media: f.Media, Size: f.Size, SHA256: f.SHA256,
		Thumb: f.Thumb, Author: f.Author, At: f.At.UTC()}
}

func (a *API) files(c call, in *recordInput) (*filesOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.k.Files(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := Files{Items: make([]File, len(list))}
	for i, f := range list {
		out.Items[i] = fileOf(f)
	}
	return &filesOutput{out}, nil
}

type downloadInput struct {
	ID   string `path:"id" doc:"ID of the record"`
	File string `path:"file" doc:"ID of the file"`
}

type streamOutput struct{ Body func(huma.Context) }

func (a *API) download(c call, in *downloadInput) (*streamOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	file, err := core.ParseID(in.File)
	if err != nil {
		return nil, err
	}
	f, err := a.k.OpenFile(c, c.actor, id, file)
	if err != nil {
		return nil, err
	}
	return &streamOutput{func(ctx huma.Context) {
		defer f.Close()
		attach(ctx, f.Name, octets)
		ctx.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
		ctx.SetStatus(http.StatusOK)
		if _, err := io.Copy(ctx.BodyWriter(), f); err != nil {
			a.breakOff(c, "download", err)
		}
	}}, nil
}

// attach makes an answer a download that no browser shows inline.
func attach(ctx huma.Context, name, media string) {
	ctx.SetHeader("Content-Type", media)
	ctx.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// breakOff ends an answer that has begun and cannot be finished, so that the
// other side does not take the part for the whole.
func (a *API) breakOff(c call, operation string, err error) {
	if c.Err() == nil {
		a.log.WarnContext(c, "api answer broken off", "operation", operation, "error", err)
	}
	panic(http.ErrAbortHandler)
}

// Stream is the raw body of a request. It is read as it comes, without a limit
// of time for the whole: the kernel limits its size.
type Stream struct{ body io.Reader }

// Resolve takes the body from the request.
func (s *Stream) Resolve(ctx huma.Context) []error {
	_, w := humago.Unwrap(ctx)
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // not every server has deadlines
	s.body = ctx.BodyReader()
	return nil
}

type uploadInput struct {
	Stream
	Circle string `query:"circle" required:"true" doc:"Circle of the record that will name the file"`
	Name   string `query:"name" required:"true" maxLength:"1000" doc:"Name of the file"`
}

type uploadOutput struct{ Body File }

func (a *API) upload(c call, in *uploadInput) (*uploadOutput, error) {
	circle, err := core.ParseID(in.Circle)
	if err != nil {
		return nil, err
	}
	f, err := a.k.PutFile(c, c.actor, circle, in.Name, in.body)
	if err != nil {
		return nil, err
	}
	return &uploadOutput{fileOf(f)}, nil
}
