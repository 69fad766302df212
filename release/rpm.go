package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/google/rpmpack"
)

// rpmArch is how RPM calls an architecture.
func rpmArch(p Platform) string {
	switch p.Arch {
	case "amd64":
		return "x86_64"
	case "arm64":
		return "aarch64"
	default:
		return p.Arch
	}
}

// rpm is a package for Fedora, Amazon Linux and their kin.
func (r *Release) rpm(p Platform, binary []byte, e *Extras) ([]byte, error) {
	files, err := r.installed(binary, e, "site-functions")
	if err != nil {
		return nil, err
	}
	pack, err := rpmpack.NewRPM(rpmpack.RPMMetaData{
		Name: "ecsentry", Summary: strings.ToUpper(summary[:1]) + summary[1:], Description: details,
		Version: r.PackageVersion(), Release: "1", Arch: rpmArch(p), OS: "linux",
		Vendor: "ecsentry", Packager: maintainer, URL: homepage, Licence: "Apache-2.0",
		BuildHost: "localhost", BuildTime: r.Time, Compressor: "gzip", Epoch: rpmpack.NoEpoch,
	})
	if err != nil {
		return nil, fmt.Errorf("rpm: %w", err)
	}
	pack.AddFile(rpmpack.RPMFile{Name: "/usr/share/doc/ecsentry", Mode: 0o40755, Owner: "root", Group: "root", MTime: uint32(r.Time.Unix())})
	for _, f := range files {
		kind := rpmpack.GenericFile
		switch {
		case strings.HasSuffix(f.Name, "/copyright"):
			kind = rpmpack.LicenceFile
		case strings.Contains(f.Name, "/doc/"), strings.Contains(f.Name, "/man/"):
			kind = rpmpack.DocFile
		}
		pack.AddFile(rpmpack.RPMFile{
			Name: "/" + f.Name, Body: f.Data, Mode: uint(0o100000 | f.Mode), Owner: "root", Group: "root", MTime: uint32(r.Time.Unix()), Type: kind,
		})
	}
	var b bytes.Buffer
	if err := pack.Write(&b); err != nil {
		return nil, fmt.Errorf("rpm: %w", err)
	}
	return b.Bytes(), nil
}
