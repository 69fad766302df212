package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func eachBinary(t *testing.T, do func(t *testing.T, p Platform, data []byte)) {
	r := release(t)
	for _, name := range platforms() {
		t.Run(name, func(t *testing.T) {
			system, arch, _ := strings.Cut(name, "/")
			p := Platform{system, arch}
			data, err := os.ReadFile((&Release{Options: Options{Out: r.out}}).path(p))
			if err != nil {
				t.Fatal(err)
			}
			do(t, p, data)
		})
	}
}

// Each binary is one of its platform, and needs nothing of the system it runs on:
// no loader, and no libraries but those that are the way into macOS and Windows.
func TestBinariesAreStatic(t *testing.T) {
	eachBinary(t, func(t *testing.T, p Platform, data []byte) {
		switch p.OS {
		case "linux":
			f, err := elf.NewFile(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[p.Arch]; f.Machine != want {
				t.Errorf("is for %s, want %s", f.Machine, want)
			}
			for _, s := range f.Progs {
				if s.Type == elf.PT_DYNAMIC || s.Type == elf.PT_INTERP {
					t.Errorf("has a segment %s", s.Type)
				}
			}
			if f.Section(".dynamic") != nil || f.Section(".interp") != nil {
				t.Error("has a dynamic section")
			}
		case "darwin":
			f, err := macho.NewFile(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64}[p.Arch]; f.Cpu != want {
				t.Errorf("is for %s, want %s", f.Cpu, want)
			}
			libraries, err := f.ImportedLibraries()
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range libraries {
				if !strings.HasPrefix(name, "/usr/lib/") && !strings.HasPrefix(name, "/System/Library/") {
					t.Errorf("needs %s", name)
				}
			}
		case "windows":
			f, err := pe.NewFile(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64}[p.Arch]; f.Machine != want {
				t.Errorf("is for %#x, want %#x", f.Machine, want)
			}
		}
	})
}

// A binary tells neither where nor from what kind of folder it was built.
func TestBinariesKeepNoPaths(t *testing.T) {
	eachBinary(t, func(t *testing.T, _ Platform, data []byte) {
		for _, path := range []string{scratch, os.Getenv("HOME") + "/"} {
			if len(path) > 2 && bytes.Contains(data, []byte(path)) {
				t.Errorf("has the path %s", path)
			}
		}
		info, err := buildinfo.Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range info.Settings {
			if strings.HasPrefix(s.Key, "vcs") || s.Key == "CGO_ENABLED" && s.Value != "0" {
				t.Errorf("was built with %s=%s", s.Key, s.Value)
			}
		}
	})
}

// The version and the commit are those of the tag.
func TestBinaryTellsItsVersion(t *testing.T) {
	r := release(t)
	binary := (&Release{Options: Options{Out: r.out}}).path(host())
	out, err := in(r.out, nil, binary, "version")
	if err != nil {
		t.Fatal(err)
	}
	if want := "ecsentry v1.2.3 (commit " + r.commit[:12] + ", go"; !strings.HasPrefix(out, want) {
		t.Errorf("%q, want %q", out, want)
	}
}

// An archive has one folder with everything that is needed to use the program.
func TestArchives(t *testing.T) {
	eachBinary(t, func(t *testing.T, p Platform, binary []byte) {
		base := "ecsentry_1.2.3_" + p.OS + "_" + p.Arch
		want := map[string]string{ // names and modes
			base + "/LICENSE": "-rw-r--r--", base + "/README.md": "-rw-r--r--", base + "/ecsentry.1": "-rw-r--r--",
			base + "/ecsentry.cdx.json": "-rw-r--r--", base + "/completions/_ecsentry": "-rw-r--r--",
			base + "/completions/ecsentry.bash": "-rw-r--r--", base + "/completions/ecsentry.fish": "-rw-r--r--",
			base + "/completions/ecsentry.ps1": "-rw-r--r--",
		}
		got := map[string]string{}
		content := map[string][]byte{}
		if p.OS == "windows" {
			want[base+"/ecsentry.exe"] = "-rwxr-xr-x"
			z, err := zip.OpenReader(filepath.Join(release(t).out, base+".zip"))
			if err != nil {
				t.Fatal(err)
			}
			defer z.Close()
			for _, f := range z.File {
				got[f.Name] = f.Mode().String()
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				if content[f.Name], err = io.ReadAll(r); err != nil {
					t.Fatal(err)
				}
			}
		} else {
			want[base+"/ecsentry"] = "-rwxr-xr-x"
			want[base+"/"], want[base+"/completions/"] = "drwxr-xr-x", "drwxr-xr-x"
			for h, data := range tarGzFiles(t, filepath.Join(release(t).out, base+".tar.gz")) {
				got[h.Name] = h.FileInfo().Mode().String()
				content[h.Name] = data
				if h.Uid != 0 || h.Gid != 0 || h.ModTime.Unix() != 1772600767 {
					t.Errorf("%s is of %d:%d, %s", h.Name, h.Uid, h.Gid, h.ModTime.UTC())
				}
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("archive (-want +got):\n%s", d)
		}
		if !bytes.Equal(content[base+"/"+program(p)], binary) {
			t.Error("the binary in the archive is another one")
		}
		for _, name := range []string{"/completions/ecsentry.bash", "/ecsentry.1"} {
			if !bytes.Contains(content[base+name], []byte("ecsentry")) || len(content[base+name]) < 1000 {
				t.Errorf("%s is %q", name, content[base+name])
			}
		}
	})
}

func tarGzFiles(t *testing.T, name string) map[*tar.Header][]byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[*tar.Header][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if out[h], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}
