package kernel

import (
	"context"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
	"svod/internal/text"
)

// States of a person.
const (
	personActive  = "active"
	personRemoved = "removed"
)

// Setup makes the first organisation, person and circle. Errors: KindConflict
// when the instance has people already; KindInvalid for an empty name or a
// passphrase that is too weak.
func (k *Kernel) Setup(ctx context.Context, s Setup) (SetupDone, error) {
	var done SetupDone
	if s.Organisation.In(s.Lang) == "" {
		return done, core.Invalid("error.required").At("organisation")
	}
	person, _, err := k.newPerson(ctx, s.Name, s.Passphrase, s.Lang)
	if err != nil {
		return done, err
	}
	instance := core.NewIDAt(k.now())
	origin := "svod/" + string(instance)
	if err := k.loadSigner(origin); err != nil {
		return done, err
	}
	at := k.now()
	org := core.Organisation{ID: core.NewIDAt(at), Names: s.Organisation}
	person.Organisation, person.Settings = string(org.ID), settings{Admin: true}.String()
	err = k.store.Write(ctx, func(tx store.Tx) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		if len(people) > 0 {
			return core.Conflict("error.already_set_up")
		}
		demo := "no"
		if k.demo {
			demo = "yes"
		}
		for _, m := range [...][2]string{{metaInstance, string(instance)}, {metaOrigin, origin}, {metaDemo, demo}} {
			if err := tx.PutMeta(m[0], m[1]); err != nil {
				return err
			}
		}
		u := k.newUnit(ctx, tx, core.ID(person.ID))
		if err := u.putOrganisation(org); err != nil {
			return err
		}
		if err := tx.InsertPerson(person); err != nil {
			return err
		}
		if err := u.note(ledger.KindPerson, core.ID(person.ID), personBody(person)); err != nil {
			return err
		}
		c, err := u.newCircle(org.ID, s.Circle, person)
		if err != nil {
			return err
		}
		done.Circle = c
		return u.flush()
	})
	if err != nil {
		return SetupDone{}, fromStore(err)
	}
	if err := k.mirrorKey(person); err != nil {
		return SetupDone{}, err
	}
	done.Organisation, done.Person = org, personOf(person)
	return done, k.loadInfo(ctx)
}

// newPerson checks name and passphrase and makes an identity with its key
// file; the caller adds organisation and settings and writes the row.
func (k *Kernel) newPerson(ctx context.Context, name, passphrase, lang string) (store.Person, *crypt.Identity, error) {
	name = strings.Join(strings.Fields(name), " ")
	if err := checkName(name); err != nil {
		return store.Person{}, nil, err
	}
	if err := crypt.CheckPassphrase(passphrase); err != nil {
		return store.Person{}, nil, core.Invalid("error.weak_passphrase").At("passphrase")
	}
	id, err := crypt.NewIdentity()
	if err != nil {
		return store.Person{}, nil, core.Internal(err)
	}
	file, err := k.keysmith.SealIdentity(ctx, id, passphrase)
	if err != nil {
		return store.Person{}, nil, core.Internal(err)
	}
	if lang == "" {
		lang = "ru"
	}
	return store.Person{ID: string(core.NewIDAt(k.now())), Name: name, Fold: text.Fold(name), KeyFile: file,
		Recipient: id.Recipient(), Lang: lang, State: personActive, Settings: settings{}.String(),
		CreatedAt: k.now().UnixMicro()}, id, nil
}

// checkName keeps sign-in names short, printable and free of what would break
// a "name@circle" notation or a file name. Signs that cannot be seen could turn
// the text around them or make one name look like another.
func checkName(name string) error {
	if name == "" {
		return core.Invalid("error.required").At("name")
	}
	unseen := func(r rune) bool { return !unicode.IsPrint(r) }
	if len([]rune(name)) > 60 || !utf8.ValidString(name) || strings.ContainsAny(name, "@/\\") || strings.ContainsFunc(name, unseen) {
		return core.Invalid("error.bad_name", "max", 60).At("name")
	}
	return nil
}

// mirrorKey puts the key file and the instance key, wrapped to the person,
// where the command line finds them. A failure here leaves a person who can
// sign in on the web only, so it is reported.
func (k *Kernel) mirrorKey(p store.Person) error {
	if k.folder == nil {
		return nil
	}
	wrapped, err := crypt.Wrap([]string{p.Recipient}, k.instance.Bytes())
	if err != nil {
		return core.Internal(err)
	}
	if err := k.folder.Put(p.Name, p.KeyFile, wrapped); err != nil {
		return &core.Error{Kind: core.KindUnavail, Key: "error.key_folder", Err: err}
	}
	return nil
}

// settings are the parts of a person's row that need no column of their own.
type settings struct {
	Admin    bool  `json:"admin,omitempty"`
	TOTPStep int64 `json:"totp_step,omitempty"` // last accepted step: a code works once
}

// String is the stored JSON.
func (s settings) String() string {
	b, err := json.Marshal(s)
	if err != nil {
		return "{}"
	}
	return string(b)
}

func settingsOf(p store.Person) settings {
	var s settings
	if json.Unmarshal([]byte(p.Settings), &s) != nil {
		return settings{}
	}
	return s
}

// personBody is what the ledger commits to about a person: enough to notice a
// swapped key or a quietly granted admin right, and no name.
func personBody(p store.Person) map[string]any {
	return map[string]any{"organisation": p.Organisation, "recipient": p.Recipient,
		"state": p.State, "admin": settingsOf(p).Admin}
}

func personOf(p store.Person) core.Person {
	return core.Person{ID: core.ID(p.ID), Name: p.Name, Organisation: core.ID(p.Organisation),
		Admin: settingsOf(p).Admin, Lang: p.Lang, Active: p.State == personActive,
		TOTP: len(p.TOTPSealed) > 0, Created: timeOf(p.CreatedAt)}
}
