// Command release makes what a release of ecsentry consists of: static binaries,
// archives, packages for Debian and for RPM, an inventory of what each binary was
// made of, and checksums. make dist runs it.
//
// The same commit and the same Go give the same bytes, wherever and whenever:
// nothing depends on paths, clocks, users, modes of files or the order of a folder.
//
// It is a module of its own so that what packs ecsentry is no dependency of it.
//
// Files: version.go what is released, build.go binaries, extra.go completions and
// the manual page, archive.go tar and zip, deb.go and rpm.go packages, content.go
// what is in them, sbom.go inventories, dist.go all of it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	o := Options{}
	var names string
	flag.StringVar(&o.Root, "root", "..", "`FOLDER` of the sources")
	flag.StringVar(&o.Out, "out", "../dist", "`FOLDER` to write into")
	flag.StringVar(&o.Version, "version", "", "`VERSION`; what git describe says by default")
	flag.StringVar(&o.Commit, "commit", "", "`COMMIT`; the one checked out by default")
	flag.StringVar(&names, "platforms", strings.Join(platformNames(), ","), "`PLATFORMS` to build for, with commas")
	flag.Parse()
	o.Epoch = os.Getenv("SOURCE_DATE_EPOCH")
	err := o.platforms(names)
	if err == nil && flag.NArg() > 0 {
		err = fmt.Errorf("unknown argument %q", flag.Arg(0))
	}
	if err == nil {
		err = Make(context.Background(), o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}
