package ecsentry

import (
	"context"

	"github.com/ecsentry/ecsentry/value"
)

// Identity says which resource it is, wherever it stands.
type Identity struct {
	Type      ResourceType
	ID        string // the ARN where the input knows it, else the source's own address
	Name      string
	Source    SourceName
	Account   string
	Region    string
	Partition string       // "aws" where the input does not know it
	At        *value.Place // where it is written; nil for what is read from an API
	Ordinal   int          // n for the n-th resource with this ID in its file, from 0
	Construct string       // path of the construct that made it, where a tool such as the AWS CDK says so
	Running   string       // ARN of the revision that a service runs, where it is not its family's latest active one
}

// File is the file in which the resource stands, "" for what has none.
func (id *Identity) File() string { return id.At.File() }

// SourceName says where a resource was read.
type SourceName string

// The sources.
const (
	SourceECSAPI         SourceName = "ecs-api"
	SourceCloudFormation SourceName = "cloudformation"
	SourceTerraform      SourceName = "terraform"
	SourceAWSConfig      SourceName = "aws-config"
	SourceLive           SourceName = "live"
)

// A Resource is something to judge. Where the input leaves choices open it has
// one variant for each consistent way to make them, else exactly one.
type Resource struct {
	Identity
	Outside  string // why no control judges it, "" if controls do
	Doubt    string // why nobody can tell whether controls judge it, "" if somebody can
	Broken   string // why nothing of it can be told, "" if something can
	Caveat   string // what holds for every reason: "created only if condition Prod holds"
	Variants []Variant
	Open     []Open // the choices that a user could close
	// Assume gives the variants that are left when the named choices are closed.
	// It is nil where nothing is open, and for one goroutine at a time.
	Assume func(choices map[string]string) []Variant
	// Tags are those of its tags that a policy asks for, as far as they are known.
	Tags map[string]string
	// State is set where an input may hold several states of one resource.
	State *State
	// Streamed says that nothing of the input is held, as it may be large: of the
	// resource only what reports say is kept, and no fix can edit it.
	Streamed bool
}

// A State is which of several states of a resource it is that an input holds:
// the latest alone counts, over all files. Of equal ones the first counts.
type State struct {
	Of       string // what it is a state of: the ARN
	Time     int64  // when it was recorded, in nanoseconds since 1970
	Sequence int64  // orders states of one time
	Gone     bool   // the resource has ended: there is nothing to judge
}

// After reports whether s is later than other.
func (s *State) After(other *State) bool {
	if s.Time != other.Time {
		return s.Time > other.Time
	}
	return s.Sequence > other.Sequence
}

// A Variant is the resource in one world: one consistent way to make the open
// choices of its input.
type Variant struct {
	When []Choice // empty where there is only one world
	Data any      // *ecs.TaskDefinition, *ecs.Service or *ecs.Cluster
}

// A Choice is one answer to an open question.
type Choice struct {
	Term   string // what is open: "Env"
	Phrase string // the answer in words: "Env is prod"
	Not    string // all its other answers in words: "Env is not prod"
}

// Open is a choice that a user can close on the command line, with answers
// worth trying.
type Open struct {
	Name    string
	Answers []string
}

// A Source shows one form of input as resources.
type Source interface {
	// Collect calls yield for each resource, from one goroutine at a time, and
	// stops with yield's error. What it could not read is in the Coverage, never an
	// error: an error means that nothing can be said at all.
	Collect(ctx context.Context, yield func(*Resource) error) (Coverage, error)
}

// Coverage says what a source read, and what it did not.
type Coverage struct {
	Files      int   // files that were ours
	Gaps       []Gap // should have been read and could not be
	NotCovered []Gap // ours, but beyond the declared limits
	Refused    []Gap // named by the user and not readable as ours
	Skipped    []Gap // not ours
}

// A Gap is something that was not read. Scope is a file, an ARN, or an action
// with account and Region.
type Gap struct{ Scope, Reason string }

// Add joins the coverage of another source.
func (c *Coverage) Add(d Coverage) {
	c.Files += d.Files
	c.Gaps = append(c.Gaps, d.Gaps...)
	c.NotCovered = append(c.NotCovered, d.NotCovered...)
	c.Refused = append(c.Refused, d.Refused...)
	c.Skipped = append(c.Skipped, d.Skipped...)
}
