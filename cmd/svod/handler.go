package main

import (
	"net/http"

	"svod/internal/api"
	"svod/internal/cli"
	"svod/internal/kernel"
	"svod/internal/web"
)

// handler puts the API and the web pages on one listener.
func handler(k *kernel.Kernel, o cli.HandlerOptions) (http.Handler, error) {
	a, err := api.New(k, api.Options{Log: o.Log})
	if err != nil {
		return nil, err
	}
	w, err := web.New(web.Options{Kernel: k, Log: o.Log, Secure: o.Secure, ExitURL: o.Neutral, Version: o.Version})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", a)
	mux.Handle("/", w)
	return mux, nil
}
