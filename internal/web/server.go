package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"svod/internal/kernel"
	"svod/internal/text"
)

// Options are what the surface is made from. Only Kernel is required.
type Options struct {
	Kernel *kernel.Kernel
	Log    *slog.Logger // nil = discard
	// Secure says that people reach the server over https (or an onion
	// address): cookies are then Secure and carry the __Host- prefix.
	Secure bool
	// ExitURL is where "quick exit" leads: a neutral site that does not stand
	// out where people work. Empty = DefaultExit.
	ExitURL string
	Version string         // shown in the footer
	Zone    *time.Location // of the times shown; nil = Local
	// MaxUpload bounds one uploaded file in bytes; 0 = DefaultMaxUpload.
	MaxUpload int64
}

// DefaultExit is a site that everybody may have open.
const DefaultExit = "https://www.wikipedia.org/"

// DefaultMaxUpload is 2 GB: a long video from a phone.
const DefaultMaxUpload = 2 << 30

// Server is the surface. Make one with New; it holds nothing that the next
// request needs, so any number may serve one store.
type Server struct {
	kernel *kernel.Kernel
	log    *slog.Logger
	opts   Options
	words  *text.Catalogue
	assets *assets
	pages  map[string]*pageSet // by language
	// verifying lets one verification of the whole store run at a time.
	verifying sync.Mutex
	gallery   *gallery // drawn pictures; losing them costs time only
}

// New builds the surface. It fails only on a defect of the program or of a
// pack: a template that does not parse, two packs that define one message
// differently.
func New(o Options) (http.Handler, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	return s.handler(), nil
}

func newServer(o Options) (*Server, error) {
	if o.Kernel == nil {
		return nil, fmt.Errorf("web: Options.Kernel is required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.ExitURL == "" {
		o.ExitURL = DefaultExit
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.MaxUpload == 0 {
		o.MaxUpload = DefaultMaxUpload
	}
	s := &Server{kernel: o.Kernel, log: o.Log, opts: o, gallery: newGallery()}
	var err error
	if s.words, err = loadWords(o.Kernel.Packs().Locales()); err != nil {
		return nil, err
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	s.pages = map[string]*pageSet{}
	for _, lang := range Languages() {
		if s.pages[lang], err = s.parsePages(lang); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Languages are those in which every page is complete, the first being the one
// for people whose browser names none of them.
func Languages() []string { return text.CompleteLanguages() }
