// Package api is the JSON API of Svod under /api/v1, for programs that carry a
// person's rights with a bearer token.
//
//	h, err := api.New(k, api.Options{Log: log})
//	mux.Handle("/api/v1/", h)
//
// Every request but the one for the description (GET /api/v1/openapi.json) needs
// "Authorization: Bearer svod_t_…"; the token is opened for that request only
// and all answers are those of its person's circles. What the person may not
// see and what does not exist get the same answer, byte for byte.
//
// Record values are read by package form, as everywhere else; they are written
// in the full form that form.DecodeJSON takes back. Errors are
// application/problem+json with a stable code and a text in the language of
// Accept-Language. The description is OpenAPI 3.1, with a schema for each record
// type of the loaded packs.
//
// What it never does: log addresses with their query, or bodies; put a value
// that was sent into an error; let a browser of another site in (no CORS);
// allow an answer to be cached.
package api
