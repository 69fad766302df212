package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
)

// What a scan of a snapshot is compared with, and its source with the controls
// alone; each writes how many nanoseconds it took.
const (
	decodeCommand = "decode-snapshot"
	judgeCommand  = "judge-snapshot"
)

// timed runs something over a snapshot, which may be compressed.
func timed(args []string, stdout io.Writer, do func(io.Reader) (int, error), want int) error {
	f, err := os.Open(args[0]) //nolint:gosec // what the bench has made
	if err != nil {
		return err
	}
	defer f.Close()
	begin := now()
	in := io.Reader(f)
	if strings.HasSuffix(args[0], ".gz") {
		if in, err = gzip.NewReader(bufio.NewReaderSize(f, 1<<16)); err != nil {
			return err
		}
	}
	n, err := do(in)
	if err != nil {
		return err
	}
	if n != want {
		return fmt.Errorf("%d of them, want %d", n, want)
	}
	_, err = fmt.Fprintln(stdout, now().Sub(begin).Nanoseconds())
	return err
}

// A plainItem is what the controls need of a configuration item.
type plainItem struct {
	ConfigurationItemCaptureTime string `json:"configurationItemCaptureTime"`
	ConfigurationItemStatus      string `json:"configurationItemStatus"`
	ConfigurationStateID         int64  `json:"configurationStateId"`
	AwsAccountID                 string `json:"awsAccountId"`
	AwsRegion                    string `json:"awsRegion"`
	ARN                          string
	ResourceType                 string `json:"resourceType"`
	Configuration                struct {
		TaskDefinitionArn, Family, Status, NetworkMode, PidMode string
		ContainerDefinitions                                    []plainContainer
	} `json:"configuration"`
}

type plainContainer struct {
	Name, Image, User                  string
	Privileged, ReadonlyRootFilesystem *bool
	Environment                        []struct{ Name string }
	LogConfiguration                   *struct{ LogDriver string }
	FirelensConfiguration              *struct{ Type string }
}

// decodePlain decodes a snapshot with encoding/json, item by item, and counts the
// task definitions.
func decodePlain(r io.Reader) (n int, err error) {
	d := json.NewDecoder(r)
	for t := json.Token(nil); t != "configurationItems"; {
		if t, err = d.Token(); err != nil {
			return n, err
		}
	}
	if _, err := d.Token(); err != nil {
		return n, err
	}
	for d.More() {
		var it plainItem
		if err := d.Decode(&it); err != nil {
			return n, err
		}
		if it.ResourceType == string(ecsentry.TaskDefinition) {
			n++
		}
	}
	return n, nil
}

// judgeSnapshot reads a snapshot as a scan does and judges each resource; it
// counts the verdicts.
func judgeSnapshot(r io.Reader) (n int, err error) {
	type check struct {
		*ecsentry.Control
		params ecsentry.Params
	}
	checks := map[ecsentry.ResourceType][]check{}
	for _, c := range catalog.Controls() {
		checks[c.ResourceType] = append(checks[c.ResourceType], check{c, c.Defaults()})
	}
	c, err := awsconfig.Format{}.Stream(context.Background(), "snapshot.json", r, func(r *ecsentry.Resource) error {
		for _, c := range checks[r.Type] {
			ecsentry.Judge(c.Control, r, c.params)
			n++
		}
		return nil
	})
	if err == nil && len(c.Gaps)+len(c.Refused) > 0 {
		err = errors.New("something could not be read")
	}
	return n, err
}
