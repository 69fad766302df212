package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
)

// Options say what to read.
type Options struct {
	Paths   []string  // files and folders; "-" is Stdin
	Stdin   io.Reader // read if Paths has "-"
	Formats []Format  // in the order in which they are asked
	Type    ecsentry.SourceName
	Exclude []string // globs of paths below a scanned folder
	// Exclusions are about folders of their own, such as that of a policy.
	Exclusions []Exclusion
	// SkipUnrecognised takes named files for such as a folder happens to hold.
	SkipUnrecognised bool
	// Inspect is called with each file of ours before it is read, and InspectPart with
	// each file of a folder that is one input; from several goroutines, and more than
	// once where several inputs have a file. They may be nil.
	Inspect     func(*document.File)
	InspectPart func(name string, data []byte)

	// Keep is of how many bytes of text the trees stay, for who edits the texts; 0 for
	// none. A tree takes many times the memory of its text.
	Keep int

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
	kept    atomic.Int64 // bytes of text whose trees stay
}

// release drops the tree of a file, unless it is to stay.
func (s *Source) release(f *document.File) {
	if s.options.Keep == 0 || s.kept.Add(int64(len(f.Data))) > int64(s.options.Keep) {
		f.Release()
	}
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
	if o.Type != "" && o.SkipUnrecognised {
		return nil, fmt.Errorf("type %q: every named file is taken for that type, so that none is left to skip", o.Type)
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

// Collect reads the files and yields their resources in the order of the files,
// those of pipes last. An interruption ends it early and is a gap. An error is yield's own.
func (s *Source) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	var c ecsentry.Coverage
	targets, all := s.find(ctx, &c)
	s.own(ctx, targets)
	if err := s.run(ctx, targets, &c, yield); err != nil {
		return c, err
	}
	if ctx.Err() != nil {
		c.Gaps = append(c.Gaps, s.interruption(ctx, targets, all)...)
	}
	return c, nil
}

// named is how many files that were not read have a gap of their own.
const named = 20

// interruption says what was not read.
func (s *Source) interruption(ctx context.Context, targets []target, all bool) (gaps []ecsentry.Gap) {
	why := "the scan was interrupted"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		why = "the time for the scan was over"
	}
	scope := strings.Join(s.options.Paths, " ")
	if !all {
		gaps = append(gaps, ecsentry.Gap{Scope: scope, Reason: why + " before all files were found"})
	}
	left := slices.DeleteFunc(slices.Clone(targets), func(t target) bool { return t.done })
	for i, t := range left {
		if i == named && len(left) > named+1 {
			return append(gaps, ecsentry.Gap{Scope: scope, Reason: fmt.Sprintf("%s before %d more files were read", why, len(left)-named)})
		}
		gaps = append(gaps, ecsentry.Gap{Scope: t.name, Reason: why + " before all of it was read"})
	}
	return gaps
}
