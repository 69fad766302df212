package main

import (
	"bytes"
	"crypto/md5" //nolint:gosec // the format wants it, and dpkg checks more than it
	"fmt"
	"strings"
)

// deb is a package for Debian and its kin: an ar archive of a version and two tar
// archives.
func (r *Release) deb(p Platform, binary []byte, e *Extras) ([]byte, error) {
	files, err := r.installed(binary, e, "vendor-completions")
	if err != nil {
		return nil, err
	}
	var sums strings.Builder
	size := 0
	for _, f := range files {
		fmt.Fprintf(&sums, "%x  %s\n", md5.Sum(f.Data), f.Name) //nolint:gosec // as above
		size += (len(f.Data) + 1023) / 1024
	}
	control := fmt.Sprintf(`Package: ecsentry
Version: %s
Architecture: %s
Maintainer: %s
Installed-Size: %d
Section: utils
Priority: optional
Homepage: %s
Description: %s
%s
`, r.PackageVersion(), p.Arch, maintainer, size, homepage, summary, " "+strings.ReplaceAll(details, "\n", "\n "))

	about, err := tarGz([]File{{"control", 0o644, []byte(control)}, {"md5sums", 0o644, []byte(sums.String())}}, "./", r.Time)
	if err != nil {
		return nil, err
	}
	content, err := tarGz(files, "./", r.Time)
	if err != nil {
		return nil, err
	}
	return ar([]File{
		{"debian-binary", 0o644, []byte("2.0\n")}, {"control.tar.gz", 0o644, about}, {"data.tar.gz", 0o644, content},
	}, r.Time.Unix()), nil
}

// ar is an archive of ar.
func ar(files []File, seconds int64) []byte {
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, f := range files {
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", f.Name, seconds, 0, 0, 0o100000|f.Mode, len(f.Data))
		b.Write(f.Data)
		if len(f.Data)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}
