package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cavaliergopher/rpm"
	"github.com/google/go-cmp/cmp"
)

func linux() (archs []string) {
	for _, p := range platforms() {
		if system, arch, _ := strings.Cut(p, "/"); system == "linux" {
			archs = append(archs, arch)
		}
	}
	return archs
}

// dpkg reads the package, and installs it into a root of its own.
func TestDeb(t *testing.T) {
	r := release(t)
	for _, arch := range linux() {
		deb := filepath.Join(r.out, "ecsentry_1.2.3_linux_"+arch+".deb")
		fields, err := in(r.out, nil, "dpkg-deb", "--field", deb, "Package", "Version", "Architecture", "Section", "Depends")
		if err != nil {
			t.Fatal(err)
		}
		want := "Package: ecsentry\nVersion: 1.2.3\nArchitecture: " + arch + "\nSection: utils\n"
		if d := cmp.Diff(want, fields); d != "" {
			t.Errorf("%s (-want +got):\n%s", arch, d)
		}
		list, err := in(r.out, []string{"TZ=UTC"}, "dpkg-deb", "--contents", deb)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			"-rwxr-xr-x root/root", "2026-03-04 05:06 ./usr/bin/ecsentry\n", " ./usr/share/doc/ecsentry/copyright\n",
			" ./usr/share/bash-completion/completions/ecsentry\n", " ./usr/share/zsh/vendor-completions/_ecsentry\n",
			" ./usr/share/fish/vendor_completions.d/ecsentry.fish\n", " ./usr/share/man/man1/ecsentry.1.gz\n",
		} {
			if !strings.Contains(list, want) {
				t.Errorf("%s lacks %q:\n%s", arch, want, list)
			}
		}
		root := t.TempDir()
		if _, err := in(r.out, nil, "dpkg-deb", "--extract", deb, root); err != nil {
			t.Fatal(err)
		}
		control := t.TempDir()
		if _, err := in(r.out, nil, "dpkg-deb", "--control", deb, control); err != nil {
			t.Fatal(err)
		}
		if _, err := in(root, nil, "md5sum", "--check", "--strict", filepath.Join(control, "md5sums")); err != nil {
			t.Error(err)
		}
		if arch == host().Arch && host().OS == "linux" {
			installDeb(t, deb)
		}
	}
}

// installDeb installs the package with a database of its own, runs what it brought,
// and removes it without a trace.
func installDeb(t *testing.T, deb string) {
	root := t.TempDir()
	for _, name := range []string{"var/lib/dpkg/info", "var/lib/dpkg/updates"} {
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg/status"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	dpkg := []string{"--root=" + root, "--force-not-root", "--force-bad-path", "--log=" + filepath.Join(root, "log")}
	if _, err := in(root, nil, "dpkg", append(dpkg, "--install", deb)...); err != nil {
		t.Fatal(err)
	}
	out, err := in(root, nil, filepath.Join(root, "usr/bin/ecsentry"), "version")
	if err != nil || !strings.HasPrefix(out, "ecsentry v1.2.3 ") {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := in(root, nil, "dpkg", append(dpkg, "--purge", "ecsentry")...); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(root, "usr/bin/ecsentry")); !os.IsNotExist(err) {
		t.Errorf("the binary is still there: %v", err)
	}
}

// The package for RPM is one by another reader than the library that wrote it.
func TestRPM(t *testing.T) {
	r := release(t)
	for _, arch := range linux() {
		data, err := os.ReadFile(filepath.Join(r.out, "ecsentry_1.2.3_linux_"+arch+".rpm"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := rpm.Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"name": "ecsentry", "version": "1.2.3", "release": "1", "arch": map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[arch],
			"os": "linux", "license": "Apache-2.0", "url": homepage, "time": "2026-03-04T05:06:07Z",
		}
		got := map[string]string{
			"name": p.Name(), "version": p.Version(), "release": p.Release(), "arch": p.Architecture(), "os": p.OperatingSystem(),
			"license": p.License(), "url": p.URL(), "time": p.BuildTime().UTC().Format("2006-01-02T15:04:05Z"),
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", arch, d)
		}
		var files []string
		for _, f := range p.Files() {
			files = append(files, f.Mode().String()+" "+f.Owner()+" "+f.Name())
		}
		slices.Sort(files)
		if d := cmp.Diff([]string{
			"-rw-r--r-- root /usr/share/bash-completion/completions/ecsentry",
			"-rw-r--r-- root /usr/share/doc/ecsentry/README.md",
			"-rw-r--r-- root /usr/share/doc/ecsentry/copyright",
			"-rw-r--r-- root /usr/share/fish/vendor_completions.d/ecsentry.fish",
			"-rw-r--r-- root /usr/share/man/man1/ecsentry.1.gz",
			"-rw-r--r-- root /usr/share/zsh/site-functions/_ecsentry",
			"-rwxr-xr-x root /usr/bin/ecsentry",
			"drwxr-xr-x root /usr/share/doc/ecsentry",
		}, files); d != "" {
			t.Errorf("%s (-want +got):\n%s", arch, d)
		}
		for _, d := range p.Requires() {
			if !strings.HasPrefix(d.Name(), "rpmlib(") {
				t.Errorf("requires %s", d.Name())
			}
		}
	}
}
