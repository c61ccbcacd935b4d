package kernel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/store"
)

// people compares members, their roles and people's public keys with what the
// ledger says of them.
func (c *verifier) people() error {
	circles, err := c.tx.Circles()
	if err != nil {
		return err
	}
	for _, circle := range circles {
		members, err := c.tx.Members(circle.ID)
		if err != nil {
			return err
		}
		have := map[string]string{}
		for _, m := range members {
			have[m.Person] = m.Role
		}
		if !sameRoles(have, c.state.members[circle.ID]) || c.state.recipients[circle.ID] != circle.Recipient {
			c.found(Finding{What: findMember, Entry: -1, Detail: circle.ID})
		}
	}
	people, err := c.tx.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		want, _ := json.Marshal(c.state.people[p.ID])
		have, _ := json.Marshal(personBody(p))
		if !bytes.Equal(want, have) {
			c.found(Finding{What: findPerson, Entry: -1, Detail: p.ID})
		}
	}
	return nil
}

func sameRoles(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for p, r := range a {
		if b[p] != r {
			return false
		}
	}
	return true
}

// files hashes every stored stream.
func (c *verifier) files() error {
	after := ""
	for {
		rows, err := c.tx.FilesAfter(after, 200)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			after = row.ID
			if err := c.file(row); err != nil {
				return err
			}
		}
		if err := c.tick(0); err != nil {
			return err
		}
	}
}

func (c *verifier) file(row store.File) error {
	if row.State == store.StateErased {
		return nil
	}
	c.report.Files++
	f := Finding{What: findFile, Record: core.ID(row.Record), Entry: -1, Detail: row.ID}
	if want, ok := c.state.files[row.ID]; !ok || want != row.CipherHash {
		c.found(f)
		return nil
	}
	b, err := c.k.blobs.Open(c.ctx, row.Blob)
	if errors.Is(err, blob.ErrNotFound) {
		f.What = findFileMissing
		c.found(f)
		return nil
	}
	if err != nil {
		return err
	}
	defer b.Close()
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(b, 0, b.Size())); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != row.CipherHash {
		c.found(f)
	}
	return nil
}
