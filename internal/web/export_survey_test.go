package web

import (
	"net/url"
	"strings"

	"svod/internal/kernel"
)

// QueryOf is what the list at an address asks the kernel.
func QueryOf(address string) (kernel.FindQuery, error) {
	u, err := url.Parse(address)
	if err != nil {
		return kernel.FindQuery{}, err
	}
	return parseListQuery(strings.TrimPrefix(u.Path, "/list/"), u.Query()).find(), nil
}
