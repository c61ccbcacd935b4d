package kernel

import (
	"context"
	"errors"

	"svod/internal/core"
)

var errNotHere = core.Internal(errors.New("kernel: import and export are being built"))

func (k *Kernel) runImport(work) (string, error) { return "", errNotHere }
func (k *Kernel) runUndo(work) (string, error)   { return "", errNotHere }
func (k *Kernel) runExport(work) (string, error) { return "", errNotHere }

func (k *Kernel) sweepImports(context.Context) error { return nil }
