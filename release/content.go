package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A File is one in an archive or a package. Its owner is root, its time that of the
// release.
type File struct {
	Name string // with slashes
	Mode int64  // 0644 or 0755
	Data []byte
}

// documents are those of the sources that go with a binary.
func (r *Release) documents() (readme, license []byte, err error) {
	if readme, err = os.ReadFile(filepath.Join(r.Root, "README.md")); err != nil {
		return nil, nil, err
	}
	license, err = os.ReadFile(filepath.Join(r.Root, "LICENSE"))
	return readme, license, err
}

// archived is what an archive holds, in a folder of its name.
func (r *Release) archived(p Platform, binary, sbom []byte, e *Extras) ([]File, error) {
	readme, license, err := r.documents()
	if err != nil {
		return nil, err
	}
	files := []File{
		{"LICENSE", 0o644, license},
		{"README.md", 0o644, readme},
		{"completions/_ecsentry", 0o644, e.Zsh},
		{"completions/ecsentry.bash", 0o644, e.Bash},
		{"completions/ecsentry.fish", 0o644, e.Fish},
		{"completions/ecsentry.ps1", 0o644, e.PowerShell},
		{"ecsentry.1", 0o644, e.Man},
		{"ecsentry.cdx.json", 0o644, sbom},
		{program(p), 0o755, binary},
	}
	for i := range files {
		files[i].Name = r.base(p) + "/" + files[i].Name
	}
	return files, nil
}

// installed is what a package puts where, in the order of names.
func (r *Release) installed(binary []byte, e *Extras, zshFolder string) ([]File, error) {
	readme, license, err := r.documents()
	if err != nil {
		return nil, err
	}
	man, err := zipped(e.Man)
	if err != nil {
		return nil, err
	}
	return []File{
		{"usr/bin/ecsentry", 0o755, binary},
		{"usr/share/bash-completion/completions/ecsentry", 0o644, e.Bash},
		{"usr/share/doc/ecsentry/README.md", 0o644, readme},
		{"usr/share/doc/ecsentry/copyright", 0o644, copyright(license)},
		{"usr/share/fish/vendor_completions.d/ecsentry.fish", 0o644, e.Fish},
		{"usr/share/man/man1/ecsentry.1.gz", 0o644, man},
		{"usr/share/zsh/" + zshFolder + "/_ecsentry", 0o644, e.Zsh},
	}, nil
}

// copyright is the license in the form that Debian wants.
func copyright(license []byte) []byte {
	var b strings.Builder
	b.WriteString("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: ecsentry\nSource: " + homepage +
		"\n\nFiles: *\nCopyright: the authors of ecsentry\nLicense: Apache-2.0\n")
	for line := range strings.Lines(strings.TrimSpace(string(license)) + "\n") {
		if strings.TrimSpace(line) == "" {
			line = ".\n"
		}
		b.WriteString(" " + line)
	}
	return []byte(b.String())
}

func program(p Platform) string {
	if p.OS == "windows" {
		return "ecsentry.exe"
	}
	return "ecsentry"
}

// base is the name of all that is made for a platform.
func (r *Release) base(p Platform) string {
	return fmt.Sprintf("ecsentry_%s_%s_%s", r.Number(), p.OS, p.Arch)
}

// What packages say about ecsentry.
const (
	homepage   = "https://github.com/ecsentry/ecsentry"
	maintainer = "The authors of ecsentry <ecsentry@users.noreply.github.com>"
	summary    = "judge Amazon ECS resources by the controls of AWS Security Hub"
	details    = `ecsentry checks Amazon ECS task definitions, services and clusters against
the nine ECS controls of AWS Security Hub: in files before they are deployed,
or in an AWS account. It is one static binary, only reads, and never prints
the value of an environment variable.`
)
