package api

import (
	"encoding/json"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
	"svod/internal/pack"
)

// documents keeps the description for the sets of packs in use: the one as
// shipped, which everybody may read, and the one with the organisation's own
// terms, which needs a token.
type documents struct {
	mu   sync.Mutex
	made map[*pack.Set][]byte // guarded by mu
}

const keptDocuments = 4

// describe serves the description. Without a token the organisation's own terms
// are not in it: a list of local places or laws is nobody else's business.
func (a *API) describe(w http.ResponseWriter, r *http.Request, secret string) {
	set := a.k.ShippedPacks()
	if secret != "" {
		if _, err := a.open(r.Context(), secret); err == nil {
			set = a.k.Packs()
		}
	}
	doc, err := a.document(set)
	if err != nil {
		a.refuse(w, call{Context: r.Context(), lang: a.languageOf(r.Header.Get("Accept-Language"), "")}, core.Internal(err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(doc) // the other side may have gone
}

// describeItself puts the address of the description into it: the one that needs
// no token.
func (a *API) describeItself() {
	op := operation(http.MethodGet, "/openapi.json", "openapi", "house", "Read this description")
	op.Security = []map[string][]string{{}}
	op.Responses = map[string]*huma.Response{"200": {Description: "OpenAPI 3.1",
		Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}}}}
	a.huma.OpenAPI().AddOperation(&op)
}

// document writes the description for a set of packs.
func (a *API) document(set *pack.Set) ([]byte, error) {
	a.doc.mu.Lock()
	defer a.doc.mu.Unlock()
	if doc, ok := a.doc.made[set]; ok {
		return doc, nil
	}
	doc := *a.huma.OpenAPI()
	parts := *doc.Components
	parts.Schemas = joined{parts.Schemas, typeSchemas(set)}
	doc.Components = &parts
	out, err := json.Marshal(&doc)
	if err != nil {
		return nil, err
	}
	if len(a.doc.made) >= keptDocuments || a.doc.made == nil {
		a.doc.made = map[*pack.Set][]byte{}
	}
	a.doc.made[set] = out
	return out, nil
}

// joined is a registry with the schemas of the packs laid over it.
type joined struct {
	huma.Registry
	more map[string]*huma.Schema
}

// Map lists all schemas.
func (j joined) Map() map[string]*huma.Schema {
	out := map[string]*huma.Schema{}
	for name, s := range j.Registry.Map() {
		out[name] = s
	}
	for name, s := range j.more {
		out[name] = s
	}
	return out
}

// MarshalJSON writes all schemas.
func (j joined) MarshalJSON() ([]byte, error) { return json.Marshal(j.Map()) }
