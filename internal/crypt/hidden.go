package crypt

// hidden keeps a secret where printing cannot follow. A Format method is not
// enough: for an unexported field of a caller's struct fmt does not call it, and
// with a verb like %s it prints even what a pointer there points to. Of a
// function it prints the address. As a bonus, the zero value cannot be used as a
// key of zeros: calling it is a nil dereference.
type hidden[T any] func() *T

func hide[T any](secret T) hidden[T] { return func() *T { return &secret } }
