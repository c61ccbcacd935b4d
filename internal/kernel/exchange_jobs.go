package kernel

import (
	"errors"

	"svod/internal/core"
)

var errNotHere = core.Internal(errors.New("kernel: export is being built"))

func (k *Kernel) runExport(work) (string, error) { return "", errNotHere }
