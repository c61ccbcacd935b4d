package api

import (
	"log/slog"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"golang.org/x/time/rate"

	"svod/internal/kernel"
	"svod/internal/text"
)

// Prefix is where the handler answers.
const Prefix = "/api/v1"

// Limits of requests, in bytes.
const (
	maxBody  = 4<<20 + 64<<10 // one record with its envelope; form.MaxJSON bounds the values
	maxBatch = 16 << 20
	maxDraft = 500 // records in one batch
)

// Options of the API. The zero value is ready for use.
type Options struct {
	Log *slog.Logger // nil = discard
	// Rate is how many requests a second one token may make in the long run,
	// Burst how many at once. 0 = 25 and 100.
	Rate  rate.Limit
	Burst int
}

// API is the handler. Make one with New.
type API struct {
	k     *kernel.Kernel
	log   *slog.Logger
	words *text.Catalogue
	mux   *http.ServeMux
	huma  huma.API
	rates *limits
	doc   documents
}

// New builds the API over a kernel. The error is about message catalogues that
// cannot be read or contradict each other: a fault of the build or of a pack.
func New(k *kernel.Kernel, o Options) (http.Handler, error) {
	words, err := catalogue(k.Packs().Locales())
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rate == 0 {
		o.Rate = 25
	}
	if o.Burst == 0 {
		o.Burst = 100
	}
	a := &API{k: k, log: o.Log, words: words, mux: http.NewServeMux(), rates: newLimits(o.Rate, o.Burst)}
	a.huma = huma.NewAPI(a.config(), humago.NewAdapter(a.mux, Prefix))
	a.huma.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[Problem]())
	a.routes()
	return a, nil
}

// routes is the list of everything the API answers. The gate serves the
// description, because it is the one address that needs no token.
func (a *API) routes() {
	a.describeItself()
	a.recordRoutes()
	a.changeRoutes()
	a.historyRoutes()
	a.linkRoutes()
	a.fileRoutes()
	a.countRoutes()
	a.typeRoutes()
	a.placeRoutes()
	a.savedRoutes()
	a.suggestRoutes()
	a.importRoutes()
	a.exportRoutes()
	a.jobRoutes()
}

func (a *API) config() huma.Config {
	json := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: takeBody}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Svod", Version: "1",
				Description: "Records of human-rights events: search, read, write, prove. A token carries the rights of the person who made it."},
			Servers: []*huma.Server{{URL: Prefix}},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"token": {Type: "http", Scheme: "bearer", Description: "svod_t_…, made on the account page or with svod token"},
				},
			},
			Security: []map[string][]string{{"token": {}}},
		},
		Formats:                      map[string]huma.Format{"application/json": json, "json": json},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{a.translate},
	}
}
