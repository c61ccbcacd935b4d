//go:build !unix

package pgtest

import (
	"os"
	"testing"
)

// URL cannot start a cluster on this system.
func URL(t testing.TB) string {
	t.Helper()
	if os.Getenv("SVOD_REQUIRE") == "all" {
		t.Fatal("PostgreSQL is required, and this system has no Unix accounts to run it under")
	}
	t.Skip("no private PostgreSQL on this system")
	return ""
}
