package cli

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/instance"
	"svod/internal/kernel"
)

// Program is what the command line needs from outside. cmd/svod fills it.
type Program struct {
	Version string
	Env     func(string) string // os.Getenv
	In      io.Reader
	Out     io.Writer // results
	Err     io.Writer // messages
	// ScryptLogN is the work factor of new key files, as log2; 0 = that of
	// package crypt. Only tests lower it.
	ScryptLogN int
	// Terminal asks the person at the keyboard; nil when there is none.
	Terminal Terminal
	Live     bool // Err is a terminal: progress may be shown
	// Open opens the store, the blobs and the kernel of an instance. The caller
	// closes the House.
	Open func(ctx context.Context, o Opening) (*House, error)
	// Handler makes the web pages and the API over a kernel.
	Handler func(k *kernel.Kernel, o HandlerOptions) (http.Handler, error)
	// LoadDemo fills a new demo and says who can sign in; progress may be called
	// with how far it is.
	LoadDemo func(ctx context.Context, k *kernel.Kernel, progress func(done, total int)) (DemoAccess, error)
}

// Terminal is the person at the keyboard.
type Terminal interface {
	// Secret asks for a line without showing what is typed. It ends with ctx's
	// error, the terminal as it was before.
	Secret(ctx context.Context, prompt string) (string, error)
}

// Opening says which instance to open and how.
type Opening struct {
	Folder   *instance.Folder
	Key      crypt.InstanceKey
	Database string // URL, when the engine is PostgreSQL
	Create   bool   // make the database
	Sweep    bool   // remove what a crash left: only a server that starts does
	Log      *slog.Logger
	// ScryptLogN is Program.ScryptLogN.
	ScryptLogN int
}

// House is an opened instance.
type House struct {
	Kernel *kernel.Kernel
	Close  func() error
}

// HandlerOptions are choices of `svod serve`.
type HandlerOptions struct {
	Secure  bool   // reached by https
	Neutral string // where quick exit leads, "" = the default
	Version string
	Log     *slog.Logger
}

// DemoAccess is who can sign in to a demo, and demo.json.
type DemoAccess struct {
	URL   string     `json:"url"`
	Users []DemoUser `json:"users"`
	// Token is the API token of the first user, the documentalist.
	Token string `json:"token"`
}

// DemoUser is one invented person who can sign in. Role is "steward" for the
// administrators of an organisation, else the role in the circles.
type DemoUser struct {
	Name         string     `json:"name"`
	Passphrase   string     `json:"passphrase"`
	Role         string     `json:"role"`
	Circles      []string   `json:"circles"`
	Organisation core.Words `json:"organisation"`
}
