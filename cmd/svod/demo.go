package main

import (
	"context"

	"svod/internal/cli"
	"svod/internal/demo"
	"svod/internal/kernel"
)

// loadDemo fills a demo and tells the command line who can sign in.
func loadDemo(ctx context.Context, k *kernel.Kernel, progress func(done, total int)) (cli.DemoAccess, error) {
	made, err := demo.Load(ctx, k, progress)
	if err != nil {
		return cli.DemoAccess{}, err
	}
	access := cli.DemoAccess{Token: made.Token}
	for _, u := range made.Users {
		access.Users = append(access.Users, cli.DemoUser{Name: u.Name, Passphrase: u.Passphrase, Role: string(u.Role),
			Circles: u.Circles, Organisation: u.Organisation})
	}
	return access, nil
}
