package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// The release that the tests look at is v1.2.3 of the tree as it is, made once in a
// repository of its own.
const (
	version = "v1.2.3"
	made    = "2026-03-04T05:06:07+00:00"
)

// platforms are those that the tests build for, because each takes a minute where
// nothing was compiled before: in CI one of each kind of archive, before a release
// (PLATFORMS=all) all of them, elsewhere one.
func platforms() []string {
	switch {
	case os.Getenv("PLATFORMS") == "all":
		return platformNames()
	case os.Getenv("ALL") != "":
		return []string{"linux/amd64", "windows/arm64"}
	default:
		return []string{"linux/amd64"}
	}
}

// A built release: its repository and where it lies.
type built struct{ repository, out, commit string }

var (
	once    sync.Once
	first   built
	failure error
	scratch string
)

func TestMain(m *testing.M) {
	code := 1
	var err error
	if scratch, err = os.MkdirTemp("", "ecsentry-release-"); err == nil {
		code = m.Run()
		os.RemoveAll(scratch)
	}
	os.Exit(code)
}

// release is the release, made when a test first wants it.
func release(t *testing.T) built {
	t.Helper()
	once.Do(func() { first, failure = makeFirst() })
	if failure != nil {
		t.Fatal(failure)
	}
	return first
}

func makeFirst() (built, error) {
	repository := filepath.Join(scratch, "first")
	if err := copyTree("..", repository); err != nil {
		return built{}, err
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch=main"}, {"add", "--all"},
		{"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=all"},
		{"tag", version},
	} {
		if _, err := in(repository, gitEnv(), "git", args...); err != nil {
			return built{}, err
		}
	}
	commit, err := in(repository, gitEnv(), "git", "rev-parse", "HEAD")
	if err != nil {
		return built{}, err
	}
	return built{repository, filepath.Join(repository, "dist"), strings.TrimSpace(commit)}, makeDist(repository, "022", "UTC")
}

func gitEnv() []string {
	return []string{"GIT_AUTHOR_DATE=" + made, "GIT_COMMITTER_DATE=" + made, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull}
}

// copyTree copies what git would commit.
func copyTree(from, to string) error {
	list, err := in(from, nil, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(strings.TrimRight(list, "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue // removed, and not yet committed
		}
		if err != nil {
			return err
		}
		info, err := os.Stat(filepath.Join(from, name))
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, data, info.Mode().Perm()); err != nil {
			return err
		}
	}
	return nil
}

func makeDist(repository, umask, zone string) error {
	_, err := in(repository, []string{"TZ=" + zone, "SOURCE_DATE_EPOCH=", "VERSION=", "COMMIT=", "MAKEFLAGS="}, "bash", "-c",
		`umask "$1" && unset SOURCE_DATE_EPOCH VERSION COMMIT MAKEFLAGS && make dist PLATFORMS="$2"`, "bash", umask, strings.Join(platforms(), ","))
	return err
}

// in runs a command in a folder.
func in(folder string, env []string, name string, args ...string) (string, error) {
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String(), nil
}

// sums are the checksums of all files in a folder, by name.
func sums(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		sum := sha256.Sum256(data)
		rel, _ := filepath.Rel(folder, name)
		out[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The same commit gives the same bytes: from a clone at another path, made later, in
// another time zone, with another umask. (What was compiled may come from Go's cache,
// which knows by -trimpath that the path doesn't matter; all else is made anew.)
func TestTwiceTheSameBytes(t *testing.T) {
	r := release(t)
	other := filepath.Join(t.TempDir(), "another place", "with a longer name")
	if err := os.MkdirAll(filepath.Dir(other), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := in(scratch, gitEnv(), "git", "clone", "--quiet", r.repository, other); err != nil {
		t.Fatal(err)
	}
	if err := makeDist(other, "077", "Pacific/Kiritimati"); err != nil {
		t.Fatal(err)
	}
	want, got := sums(t, r.out), sums(t, filepath.Join(other, "dist"))
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("the second release differs (-first +second):\n%s", d)
	}
	if len(want) < 6 {
		t.Errorf("a release has only %d files: %v", len(want), want)
	}
}

// A release is what the list says, for every platform, and the checksums are
// right.
func TestWhatIsReleased(t *testing.T) {
	r := release(t)
	want := []string{"SHA256SUMS"}
	for _, p := range platforms() {
		system, arch, _ := strings.Cut(p, "/")
		base := "ecsentry_1.2.3_" + system + "_" + arch
		program := "ecsentry"
		switch system {
		case "windows":
			program = "ecsentry.exe"
			want = append(want, base+".zip")
		case "linux":
			want = append(want, base+".tar.gz", base+".deb", base+".rpm")
		default:
			want = append(want, base+".tar.gz")
		}
		want = append(want, base+".cdx.json", "bin/"+system+"_"+arch+"/"+program)
	}
	got := sums(t, r.out)
	var names []string
	for name := range got {
		names = append(names, name)
	}
	slices.Sort(want)
	slices.Sort(names)
	if d := gocmp.Diff(want, names); d != "" {
		t.Errorf("released (-want +got):\n%s", d)
	}
	out, err := in(r.out, nil, "sha256sum", "--check", "--strict", "SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out, ": OK\n"); n != len(names)-1-len(platforms()) {
		t.Errorf("%d checksums for %d files:\n%s", n, len(names), out)
	}
}

// What an earlier release left is gone, what others put into the folder is not.
func TestCleanSparesOthers(t *testing.T) {
	out := t.TempDir()
	for _, name := range []string{"ecsentry_1.0.0_linux_amd64.tar.gz", "ecsentry-1.rpm", "SHA256SUMS", "ecsentry", "notes.txt", "bin/x/ecsentry"} {
		name = filepath.Join(out, name)
		if err := cmp.Or(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if err := clean(out); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff([]string{filepath.Join(out, "ecsentry"), filepath.Join(out, "notes.txt")}, left); d != "" {
		t.Errorf("left (-want +got):\n%s", d)
	}
}
