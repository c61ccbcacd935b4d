package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"net/http"
	"path"
	"strings"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/picture"
	"svod/internal/store"
)

// Limits of files.
const (
	MaxFile       = 2 << 30 // bytes of one attached file
	maxFileName   = 200     // characters
	maxThumbBytes = 64 << 20
	thumbSide     = 480 // pixels
	fileField     = "@file"
	fileMetaField = "@meta"
)

// fileMeta is the sealed description of a file. Opener is an age identity to
// which the stream is sealed beside the circle, so that a circle that is given
// the file's key later can open it without the stream being written anew.
type fileMeta struct {
	Name   string `json:"name"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Opener string `json:"opener"`
}

// PutFile seals a file for a circle and keeps it for a record that will refer
// to it: put its ID into a file field and save. Files that no saved version
// refers to are removed after a day. Errors: KindTooLarge; KindInvalid for an
// empty file; KindForbidden, KindNotFound as for writing a record.
func (k *Kernel) PutFile(ctx context.Context, a core.Actor, circle core.ID, name string, r io.Reader) (FileInfo, error) {
	var c store.Circle
	err := k.read(ctx, a, func(v *view) error {
		var err error
		c, _, err = v.writable(circle)
		return err
	})
	if err != nil {
		return FileInfo{}, err
	}
	opener, err := crypt.NewIdentity()
	if err != nil {
		return FileInfo{}, core.Internal(err)
	}
	id := core.NewIDAt(k.now())
	sealed, meta, err := k.sealStream(ctx, []string{c.Recipient, opener.Recipient()}, r)
	if err != nil {
		return FileInfo{}, err
	}
	meta.Name, meta.Opener = cleanFileName(name), opener.String()
	row := store.File{ID: string(id), Field: fileField, Circle: c.ID, KeyGeneration: 1, Blob: sealed.name,
		Size: sealed.size, CipherHash: sealed.hash, State: store.StateStaged, CreatedAt: k.now().UnixMicro(), Author: string(a.Person)}
	row.ThumbBlob = k.thumbnail(ctx, c.Recipient, opener, sealed, meta)
	err = k.write(ctx, a, func(v *view, u *unit) error {
		key := crypt.NewRecordKey()
		rk, err := v.wrapTo(circle, row.ID, 1, key)
		if err != nil {
			return err
		}
		plain, err := json.Marshal(meta)
		if err != nil {
			return core.Internal(err)
		}
		row.MetaSealed = crypt.SealValue(key, fileField, row.ID, fileMetaField, 1, plain)
		if err := v.PutRecordKeys([]store.RecordKey{rk}); err != nil {
			return err
		}
		if err := v.InsertFile(row); err != nil {
			return err
		}
		return u.note(ledger.KindFile, id, map[string]any{"hash": row.CipherHash})
	})
	if err != nil {
		_ = k.blobs.Delete(context.WithoutCancel(ctx), row.Blob) // an orphan is swept later in any case
		return FileInfo{}, err
	}
	return infoOf(row, meta, a.Name), nil
}

// cleanFileName keeps the last element of a path and nothing that could steer
// a terminal or a header.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" || name == "" {
		name = "file"
	}
	return clip(name, maxFileName)
}

// sealedStream is a stored blob.
type sealedStream struct {
	name string
	size int64
	hash string // hex SHA-256 of the stored bytes
}

// sealStream seals a stream into a new blob while hashing both sides and
// sniffing the content's kind. Nothing is kept in memory or in clear.
func (k *Kernel) sealStream(ctx context.Context, recipients []string, r io.Reader) (sealedStream, fileMeta, error) {
	var meta fileMeta
	out := sealedStream{name: string(core.NewIDAt(k.now()))}
	pr, pw := io.Pipe()
	plain := sha256.New()
	head := &headKeeper{}
	done := make(chan error, 1)
	go func() {
		w, err := crypt.SealFile(pw, recipients)
		if err == nil {
			meta.Size, err = io.Copy(w, io.TeeReader(io.LimitReader(r, MaxFile+1), io.MultiWriter(plain, head)))
			if err == nil && meta.Size > MaxFile {
				err = &core.Error{Kind: core.KindTooLarge, Key: "error.file_too_large", Args: []any{"max", int64(MaxFile)}}
			}
			if err == nil && meta.Size == 0 {
				err = core.Invalid("error.file_empty")
			}
			if err == nil {
				err = w.Close()
			}
		}
		pw.CloseWithError(err)
		done <- err
	}()
	cipher := &hashingReader{r: pr, h: sha256.New()}
	var err error
	out.size, err = k.blobs.Put(ctx, out.name, cipher)
	_ = pr.CloseWithError(errors.New("kernel: the blob store stopped reading"))
	if sealErr := <-done; sealErr != nil && core.KindOf(sealErr) != core.KindInternal {
		return out, meta, sealErr
	}
	if errors.Is(err, blob.ErrFull) {
		return out, meta, &core.Error{Kind: core.KindUnavail, Key: "error.disk_full", Err: err}
	}
	if err != nil {
		return out, meta, fromStore(err)
	}
	out.hash = hex.EncodeToString(cipher.h.Sum(nil))
	meta.SHA256, meta.Media = hex.EncodeToString(plain.Sum(nil)), sniff(head.b)
	return out, meta, nil
}

type hashingReader struct {
	r io.Reader
	h hash.Hash
}

func (h *hashingReader) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	h.h.Write(p[:n])
	return n, err
}

// headKeeper keeps the first 512 bytes, which is what sniffing looks at.
type headKeeper struct{ b []byte }

func (h *headKeeper) Write(p []byte) (int, error) {
	if room := 512 - len(h.b); room > 0 {
		h.b = append(h.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// sniff names the kind of content by its first bytes alone.
func sniff(head []byte) string {
	media, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return media
}

// thumbnail makes a small picture of an image, without its metadata, sealed
// like the original. A file that is no picture, or a broken one, has none.
func (k *Kernel) thumbnail(ctx context.Context, recipient string, opener *crypt.Identity, s sealedStream, meta fileMeta) string {
	switch meta.Media {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
	default:
		return ""
	}
	if meta.Size > maxThumbBytes {
		return ""
	}
	b, err := k.blobs.Open(ctx, s.name)
	if err != nil {
		return ""
	}
	defer b.Close()
	f, err := crypt.OpenFile(b, b.Size(), opener)
	if err != nil {
		return ""
	}
	small, _, _, err := picture.Thumbnail(f.Reader(), thumbSide)
	if err != nil {
		return ""
	}
	thumb, _, err := k.sealStream(ctx, []string{recipient, opener.Recipient()}, strings.NewReader(string(small)))
	if err != nil {
		return ""
	}
	return thumb.name
}

func infoOf(row store.File, meta fileMeta, author string) FileInfo {
	return FileInfo{ID: core.ID(row.ID), Record: core.ID(row.Record), Name: meta.Name, Media: meta.Media,
		Size: meta.Size, SHA256: meta.SHA256, Thumb: row.ThumbBlob != "", Author: author, At: timeOf(row.CreatedAt)}
}

// attach ties newly referred files to the record that is being saved. A file
// can be attached by whoever uploaded it, once, in the circle it was sealed to.
func (v *view) attach(u *unit, t *core.Type, record string, c store.Circle, before, after core.Values) error {
	old := map[core.ID]bool{}
	for _, id := range fileRefs(t, before) {
		old[id.ID] = true
	}
	for _, ref := range fileRefs(t, after) {
		if old[ref.ID] {
			continue
		}
		row, err := v.File(string(ref.ID))
		if errors.Is(err, store.ErrNotFound) || err == nil &&
			(row.State == store.StateErased || row.Record != "" && row.Record != record || row.Author != string(v.actor.Person) || row.Circle != c.ID) {
			return core.Invalid("error.file_not_yours").At(ref.field)
		}
		if err != nil {
			return err
		}
		row.Record, row.Field, row.State = record, ref.field, store.StateActive
		if err := v.UpdateFile(row); err != nil {
			return err
		}
	}
	return nil
}

type fileRef struct {
	core.FileRef
	field string
}

func fileRefs(t *core.Type, values core.Values) []fileRef {
	var out []fileRef
	for i := range t.Fields {
		if t.Fields[i].Kind != core.FieldFile {
			continue
		}
		for _, item := range values[t.Fields[i].Key].Items {
			if item.File != nil {
				out = append(out, fileRef{*item.File, t.Fields[i].Key})
			}
		}
	}
	return out
}

// eachFile runs fn for the files of a record whose keys the actor holds.
func (v *view) eachFile(f found, fn func(store.File, crypt.RecordKey, []store.RecordKey) error) error {
	rows, err := v.FilesOf([]string{f.ID})
	if err != nil {
		return err
	}
	for _, row := range rows {
		keys, err := v.RecordKeys([]string{row.ID})
		if err != nil {
			return err
		}
		key, err := v.recordKey(found{Record: store.Record{ID: row.ID, Circle: row.Circle}, keys: keys}, row.KeyGeneration)
		if errors.Is(err, errNoKey) {
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(row, key, keys); err != nil {
			return err
		}
	}
	return nil
}

func openMeta(row store.File, key crypt.RecordKey) (fileMeta, error) {
	var meta fileMeta
	plain, err := crypt.OpenValue(key, fileField, row.ID, fileMetaField, int(row.KeyGeneration), row.MetaSealed)
	if err != nil {
		return meta, &core.Error{Kind: core.KindInternal, Key: "error.sealed_damaged", Err: err}
	}
	if err := json.Unmarshal(plain, &meta); err != nil {
		return meta, core.Internal(err)
	}
	return meta, nil
}

// Files lists the files of a record that its current version refers to.
func (k *Kernel) Files(ctx context.Context, a core.Actor, record core.ID) ([]FileInfo, error) {
	var out []FileInfo
	err := k.read(ctx, a, func(v *view) error {
		f, err := v.find(record)
		if err != nil {
			return err
		}
		out = nil
		return v.eachFile(f, func(row store.File, key crypt.RecordKey, _ []store.RecordKey) error {
			meta, err := openMeta(row, key)
			if err != nil {
				return err
			}
			out = append(out, infoOf(row, meta, v.personName(core.ID(row.Author))))
			return nil
		})
	})
	return out, err
}

// OpenFile opens the original of an attached file; the caller closes it. The
// name and kind come with it: surfaces send it as a download, never inline.
func (k *Kernel) OpenFile(ctx context.Context, a core.Actor, record, file core.ID) (OpenedFile, error) {
	return k.openFile(ctx, a, record, file, func(row store.File) string { return row.Blob })
}

// Thumbnail opens the small picture of an image file: made here, without
// metadata, safe to show inline. KindNotFound when there is none.
func (k *Kernel) Thumbnail(ctx context.Context, a core.Actor, record, file core.ID) (OpenedFile, error) {
	o, err := k.openFile(ctx, a, record, file, func(row store.File) string { return row.ThumbBlob })
	if err != nil {
		return o, err
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(o, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		_ = o.Close()
		return o, core.Internal(err)
	}
	o.Media = sniff(head[:n])
	_, err = o.Seek(0, io.SeekStart)
	return o, fromStore(err)
}

func (k *Kernel) openFile(ctx context.Context, a core.Actor, record, file core.ID, which func(store.File) string) (OpenedFile, error) {
	var info FileInfo
	var meta fileMeta
	name := ""
	err := k.read(ctx, a, func(v *view) error {
		f, err := v.find(record)
		if err != nil {
			return err
		}
		name = ""
		return v.eachFile(f, func(row store.File, key crypt.RecordKey, _ []store.RecordKey) error {
			if row.ID != string(file) {
				return nil
			}
			var err error
			meta, err = openMeta(row, key)
			info, name = infoOf(row, meta, v.personName(core.ID(row.Author))), which(row)
			return err
		})
	})
	if err != nil {
		return OpenedFile{}, err
	}
	if name == "" {
		return OpenedFile{}, core.NotFound()
	}
	opener, err := crypt.ParseIdentity(meta.Opener)
	if err != nil {
		return OpenedFile{}, core.Internal(err)
	}
	b, err := k.blobs.Open(ctx, name)
	if err != nil {
		return OpenedFile{}, fromStore(err)
	}
	opened, err := crypt.OpenFile(b, b.Size(), opener)
	if err != nil {
		_ = b.Close()
		return OpenedFile{}, &core.Error{Kind: core.KindUnavail, Key: "error.file_damaged", Err: err}
	}
	return OpenedFile{FileInfo: info, ReadSeekCloser: fileReader{opened.Reader(), b}}, nil
}

type fileReader struct {
	*io.SectionReader
	io.Closer
}
