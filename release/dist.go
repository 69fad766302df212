package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

func fsMode(mode int64) fs.FileMode { return fs.FileMode(mode) }

// Make makes a release. What an earlier one left in the folder is removed, what
// others put there stays.
func Make(ctx context.Context, o Options) error {
	r, err := plan(ctx, o)
	if err != nil {
		return err
	}
	if err := clean(r.Out); err != nil {
		return err
	}
	binaries, err := r.binaries(ctx)
	if err != nil {
		return err
	}
	here, err := r.here(ctx, binaries)
	if err != nil {
		return err
	}
	e, err := r.extras(ctx, here)
	if err != nil {
		return err
	}
	made := map[string][]byte{}
	var mu sync.Mutex
	err = each(r.Platforms, func(p Platform) error {
		files, err := r.packed(p, binaries[p], e)
		mu.Lock()
		defer mu.Unlock()
		for name, data := range files {
			made[name] = data
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.write(made)
}

// ours are the names of what a release consists of.
func ours() []string { return []string{"bin", "SHA256SUMS", "ecsentry_*", "ecsentry-*"} }

func clean(out string) error {
	for _, pattern := range ours() {
		names, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := os.RemoveAll(name); err != nil {
				return err
			}
		}
	}
	return os.MkdirAll(out, 0o755) //nolint:gosec // for everybody who may read the folder
}

// binaries builds all of them and reads them back.
func (r *Release) binaries(ctx context.Context) (map[Platform][]byte, error) {
	out := map[Platform][]byte{}
	for _, p := range r.Platforms { // each build uses all processors
		name := r.path(p)
		if err := r.build(ctx, p, name); err != nil {
			return nil, err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out[p] = data
	}
	return out, nil
}

func (r *Release) path(p Platform) string {
	return filepath.Join(r.Out, "bin", p.OS+"_"+p.Arch, program(p))
}

// here is a binary that runs on this machine.
func (r *Release) here(ctx context.Context, binaries map[Platform][]byte) (string, error) {
	name, err := filepath.Abs(r.path(host()))
	if err != nil || binaries[host()] != nil {
		return name, err
	}
	if err := r.build(ctx, host(), name); err != nil {
		return "", err
	}
	return name, nil
}

// packed is all that is made of a binary, by file name.
func (r *Release) packed(p Platform, binary []byte, e *Extras) (map[string][]byte, error) {
	sbom, err := r.sbom(p, binary)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{r.base(p) + ".cdx.json": sbom}
	files, err := r.archived(p, binary, sbom, e)
	if err != nil {
		return nil, err
	}
	if p.OS == "windows" {
		out[r.base(p)+".zip"], err = zipOf(files, r.Time)
		return out, err
	}
	if out[r.base(p)+".tar.gz"], err = tarGz(files, "", r.Time); err != nil || p.OS != "linux" {
		return out, err
	}
	if out[r.base(p)+".deb"], err = r.deb(p, binary, e); err != nil {
		return out, err
	}
	out[r.base(p)+".rpm"], err = r.rpm(p, binary, e)
	return out, err
}

// write writes the files and their checksums, in the form that sha256sum -c reads.
func (r *Release) write(made map[string][]byte) error {
	var names []string
	for name := range made {
		names = append(names, name)
	}
	slices.Sort(names)
	var sums strings.Builder
	for _, name := range names {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(made[name]), name)
		if err := os.WriteFile(filepath.Join(r.Out, name), made[name], 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(r.Out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// each does something for each platform, several at a time.
func each(platforms []Platform, do func(Platform) error) error {
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		errs    []error
		room    = make(chan struct{}, runtime.GOMAXPROCS(0))
	)
	for _, p := range platforms {
		room <- struct{}{}
		workers.Go(func() {
			defer func() { <-room }()
			if err := do(p); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
	}
	workers.Wait()
	return errors.Join(errs...)
}
