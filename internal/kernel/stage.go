package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/sheet"
	"svod/internal/store"
)

// Limits of files that wait for a while.
const (
	MaxStaged = 512 << 20      // bytes of a table to import
	keepDraft = 24 * time.Hour // a staged table, or the result of an export
	// An orphaned blob is only swept when nothing can still be about to refer to it.
	sweepAfter = keepDraft + 2*time.Hour
)

// Kinds of drafts that have a blob. The blob has the draft's ID as its name, so
// that it can be found and removed without opening anything.
const (
	draftStage  = "stage"
	draftExport = "export"
)

// stagedMeta is the sealed description of a draft with a blob.
type stagedMeta struct {
	Name   string      `json:"name"`
	Size   int64       `json:"size"`
	Export *ExportInfo `json:"export,omitempty"`
}

// sealFor seals something to the person who asks, as canonical JSON.
func sealFor(ring *keyring, x any) ([]byte, error) {
	b, err := json.Marshal(x)
	if err != nil {
		return nil, core.Internal(err)
	}
	sealed, err := crypt.Wrap([]string{ring.id.Recipient()}, b)
	if err != nil {
		return nil, core.Internal(err)
	}
	return sealed, nil
}

// openFor opens what sealFor made.
func openFor(ring *keyring, sealed []byte, x any) error {
	b, err := crypt.Unwrap(ring.id, sealed)
	if err == nil {
		err = json.Unmarshal(b, x)
	}
	if err != nil {
		return &core.Error{Kind: core.KindInternal, Key: "error.sealed_damaged", Err: err}
	}
	return nil
}

// Stage keeps an uploaded table, sealed to the actor alone, until an import
// used it or a day has passed. Errors: KindTooLarge above MaxStaged, KindInvalid
// for an empty file.
func (k *Kernel) Stage(ctx context.Context, a core.Actor, name string, r io.Reader) (Staged, error) {
	meta := stagedMeta{Name: cleanFileName(name)}
	id, err := k.keepSealed(ctx, a, draftStage, &meta, &boundedReader{r: r, left: MaxStaged})
	if err != nil {
		return Staged{}, err
	}
	return Staged{ID: id, Name: meta.Name, Size: meta.Size, Until: k.now().Add(keepDraft)}, nil
}

// keepSealed seals a stream into a blob and remembers it as a draft of the
// actor. It fills in meta.Size. What r does not tell until it ended (meta.Export)
// may be set by the reader while it is read.
func (k *Kernel) keepSealed(ctx context.Context, a core.Actor, kind string, meta *stagedMeta, r io.Reader) (core.ID, error) {
	ring, err := ringOf(a)
	if err != nil {
		return "", err
	}
	sealed, plain, err := k.sealStream(ctx, []string{ring.id.Recipient()}, r)
	if err != nil {
		return "", err
	}
	meta.Size = plain.Size
	box, err := sealFor(ring, meta)
	if err == nil {
		err = k.write(ctx, a, func(v *view, _ *unit) error {
			now := k.now()
			return v.PutDraft(store.Draft{ID: sealed.name, Person: string(a.Person), Kind: kind, Sealed: box,
				CreatedAt: now.UnixMicro(), ExpiresAt: now.Add(keepDraft).UnixMicro()})
		})
	}
	if err != nil {
		_ = k.blobs.Delete(context.WithoutCancel(ctx), sealed.name) // else it is swept later
		return "", err
	}
	return core.ID(sealed.name), nil
}

// boundedReader fails as soon as more than its limit is read.
type boundedReader struct {
	r    io.Reader
	left int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, &core.Error{Kind: core.KindTooLarge, Key: "error.file_too_large", Args: []any{"max", int64(MaxStaged)}}
	}
	return n, err
}

// draftOf is a draft of the actor that has not expired.
func (k *Kernel) draftOf(ctx context.Context, a core.Actor, kind string, id core.ID) (stagedMeta, store.Draft, error) {
	var row store.Draft
	var meta stagedMeta
	err := k.read(ctx, a, func(v *view) error {
		var err error
		if row, err = v.Draft(string(id)); err != nil {
			return err
		}
		if row.Person != string(a.Person) || row.Kind != kind || row.ExpiresAt <= k.now().UnixMicro() {
			return core.NotFound()
		}
		return openFor(v.ring, row.Sealed, &meta)
	})
	return meta, row, err
}

// Staged describes a staged table of the actor. KindNotFound when it has
// expired or is somebody else's.
func (k *Kernel) Staged(ctx context.Context, a core.Actor, id core.ID) (Staged, error) {
	meta, row, err := k.draftOf(ctx, a, draftStage, id)
	if err != nil {
		return Staged{}, err
	}
	return Staged{ID: id, Name: meta.Name, Size: meta.Size, Until: timeOf(row.ExpiresAt)}, nil
}

// StageForget removes a staged table of the actor at once.
func (k *Kernel) StageForget(ctx context.Context, a core.Actor, id core.ID) error {
	return k.forgetDraft(ctx, a, draftStage, id)
}

func (k *Kernel) forgetDraft(ctx context.Context, a core.Actor, kind string, id core.ID) error {
	if _, _, err := k.draftOf(ctx, a, kind, id); err != nil {
		return err
	}
	err := k.write(ctx, a, func(v *view, _ *unit) error { return v.DeleteDraft(string(id)) })
	if err != nil {
		return err
	}
	err = k.blobs.Delete(ctx, string(id))
	if errors.Is(err, blob.ErrNotFound) {
		return nil
	}
	return fromStore(err)
}

// openDraft opens the content of a draft; the caller closes it.
func (k *Kernel) openDraft(ctx context.Context, a core.Actor, id core.ID) (*crypt.File, io.Closer, error) {
	ring, err := ringOf(a)
	if err != nil {
		return nil, nil, err
	}
	b, err := k.blobs.Open(ctx, string(id))
	if errors.Is(err, blob.ErrNotFound) {
		return nil, nil, core.NotFound()
	}
	if err != nil {
		return nil, nil, fromStore(err)
	}
	f, err := crypt.OpenFile(b, b.Size(), ring.id)
	if err != nil {
		_ = b.Close()
		return nil, nil, &core.Error{Kind: core.KindUnavail, Key: "error.file_damaged", Err: err}
	}
	return f, b, nil
}

// openStaged opens a staged table for reading at any place.
func (k *Kernel) openStaged(ctx context.Context, a core.Actor, id core.ID) (sheet.Source, io.Closer, Staged, error) {
	s, err := k.Staged(ctx, a, id)
	if err != nil {
		return sheet.Source{}, nil, s, err
	}
	f, c, err := k.openDraft(ctx, a, id)
	if err != nil {
		return sheet.Source{}, nil, s, err
	}
	return sheet.Source{ReaderAt: f, Size: f.Size(), Name: s.Name}, c, s, nil
}

// SweepStaged removes what nobody will come back for: blobs that neither a file
// nor a waiting draft refers to, and the invisible rows of imports whose job was
// cancelled or never finished. It needs nobody's keys; run it once in a while.
func (k *Kernel) SweepStaged(ctx context.Context) error {
	if !k.Info().Ready {
		return nil
	}
	if err := k.sweepImports(ctx); err != nil {
		return err
	}
	used, err := k.usedBlobs(ctx)
	if err != nil {
		return err
	}
	before := time.Now().Add(-sweepAfter) // the medium's clock, not ours
	var orphans []string
	err = k.blobs.List(ctx, func(i blob.Info) error {
		if !used[i.Name] && i.Modified.Before(before) {
			orphans = append(orphans, i.Name)
		}
		return nil
	})
	if err != nil {
		return fromStore(err)
	}
	for _, name := range orphans {
		if err := k.blobs.Delete(ctx, name); err != nil && !errors.Is(err, blob.ErrNotFound) {
			return fromStore(err)
		}
	}
	return nil
}

// usedBlobs are the names of all blobs that something refers to.
func (k *Kernel) usedBlobs(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	err := k.store.Read(ctx, func(tx store.Tx) error {
		for after := ""; ; {
			rows, err := tx.FilesAfter(after, 1000)
			if err != nil {
				return err
			}
			for _, f := range rows {
				after = f.ID
				if f.State != store.StateErased {
					used[f.Blob], used[f.ThumbBlob] = true, true
				}
			}
			if len(rows) < 1000 {
				break
			}
		}
		people, err := tx.People()
		if err != nil {
			return err
		}
		for _, p := range people {
			for _, kind := range []string{draftStage, draftExport} {
				drafts, err := tx.DraftsOf(p.ID, kind)
				if err != nil {
					return err
				}
				for _, d := range drafts {
					used[d.ID] = true
				}
			}
		}
		return nil
	})
	return used, fromStore(err)
}
