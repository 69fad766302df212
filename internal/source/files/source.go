package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/ecsentry/ecsentry"
)

// Options say what to read.
type Options struct {
	Paths   []string  // files and folders; "-" is Stdin
	Stdin   io.Reader // read if Paths has "-"
	Formats []Format  // in the order in which they are asked
	Type    ecsentry.SourceName
	Exclude []string // globs of paths below a scanned folder

	Disk     Disk // OS() if nil
	MaxBytes int  // of a file; 64 MiB if 0
	Workers  int  // files in work at a time; 2×GOMAXPROCS if 0
}

const (
	defaultMaxBytes = 64 << 20
	// inWork bounds the bytes of the files in work: a tree takes many times the
	// memory of its text. One file alone may be larger.
	inWork = 16 << 20
)

// A Source is the files of a scan.
type Source struct {
	options Options
	disk    Disk
	exclude []glob
	forced  bool
}

var _ ecsentry.Source = (*Source)(nil)

// New checks the options; an error is one of usage.
func New(o Options) (*Source, error) {
	s := &Source{options: o, disk: o.Disk}
	if s.disk == nil {
		s.disk = OS()
	}
	if o.MaxBytes <= 0 {
		s.options.MaxBytes = defaultMaxBytes
	}
	if o.Workers <= 0 {
		s.options.Workers = 2 * runtime.GOMAXPROCS(0)
	}
	for _, pattern := range o.Exclude {
		g, err := parseGlob(pattern)
		if err != nil {
			return nil, err
		}
		s.exclude = append(s.exclude, g...)
	}
	if o.Type != "" {
		s.forced = true
		s.options.Formats = nil
		for _, f := range o.Formats {
			if f.Name() == o.Type {
				s.options.Formats = []Format{f}
			}
		}
		if s.options.Formats == nil {
			return nil, fmt.Errorf("type %q: want one of %s", o.Type, names(o.Formats))
		}
	}
	return s, nil
}

func names(formats []Format) string {
	var out []string
	for _, f := range formats {
		out = append(out, string(f.Name()))
	}
	return strings.Join(out, ", ")
}

// Collect reads the files and yields their resources in the order of the files.
// An interruption ends it early and is a gap. An error is yield's own.
func (s *Source) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var c ecsentry.Coverage
	targets := s.find(ctx, &c)
	found := ctx.Err() == nil
	s.own(ctx, targets)
	done, err := s.run(ctx, targets, &c, yield)
	if err != nil {
		return c, err
	}
	if ctx.Err() != nil && (done < len(targets) || !found) {
		c.Gaps = append(c.Gaps, s.interruption(ctx, targets[done:]))
	}
	return c, nil
}

// interruption says what was not read.
func (s *Source) interruption(ctx context.Context, left []target) ecsentry.Gap {
	why := "the scan was interrupted"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		why = "the time for the scan was over"
	}
	if len(left) == 0 {
		return ecsentry.Gap{Scope: strings.Join(s.options.Paths, " "), Reason: why + " before all files were found"}
	}
	g := ecsentry.Gap{Scope: left[0].name, Reason: why + " before it was read"}
	if len(left) > 1 {
		g.Reason += fmt.Sprintf(", and before %d files after it", len(left)-1)
	}
	return g
}
