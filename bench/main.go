// Command bench measures the whole house on one machine: it fills a fresh
// instance with synthetic events through the kernel, then asks the questions
// that people ask, and prints a table in Markdown for bench/README.md.
//
//	go run ./bench                          # 100,000 events, encrypted SQLite
//	go run ./bench -n 1000000
//	go run ./bench -database postgres://…   # the same on PostgreSQL
//	go run ./bench estimate                 # estimates beside those of other programs
//
// It promises nothing about other machines; see bench/README.md for the one the
// recorded figures are from.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "estimate" {
		if err := estimate(context.Background(), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	n := flag.Int("n", 100_000, "events to write")
	database := flag.String("database", "", "PostgreSQL URL of an empty database; empty = encrypted SQLite in a temporary folder")
	rounds := flag.Int("rounds", 40, "times each question is asked")
	profile := flag.String("cpuprofile", "", "write a CPU profile of the writing part to this file")
	flag.Parse()
	if err := run(*n, *rounds, *database, *profile); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(n, rounds int, database, profile string) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "svod-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	h, err := open(ctx, dir, database)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d CPUs, %s, %d events, %s\n\n", time.Now().Format("2006-01-02"), runtime.NumCPU(), runtime.Version(), n, h.engine)
	stop, err := profiling(profile)
	if err != nil {
		return err
	}
	took, err := h.fill(ctx, n)
	stop()
	if err != nil {
		return err
	}
	fmt.Println("| what | measured |")
	fmt.Println("|---|---|")
	fmt.Printf("| write %d events (versions, ledger, facets, text) | %.1f s, %.0f a second |\n", n, took.Seconds(), float64(n)/took.Seconds())
	if err := h.ask(ctx, rounds); err != nil {
		return err
	}
	if err := h.check(ctx); err != nil {
		return err
	}
	h.close()
	ready, err := reopen(ctx, dir, h)
	if err != nil {
		return err
	}
	fmt.Printf("| open the instance again | %d ms |\n", ready.Milliseconds())
	fmt.Printf("| resident memory | %d MB |\n", resident()>>20)
	return nil
}

func profiling(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}
