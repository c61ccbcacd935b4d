package web

import "svod/internal/core"

// passphraseChange seals the person's key under another passphrase.
func (s *Server) passphraseChange(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return s.accountWith(v, core.Invalid("error.passphrases_differ").At("again"))
	}
	if err := s.kernel.ChangePassphrase(v.ctx, v.actor, f.Get("old"), f.Get("passphrase")); err != nil {
		return s.accountWith(v, err)
	}
	return v.done("flash.passphrase_changed", accountURL())
}
