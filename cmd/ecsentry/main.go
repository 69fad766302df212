// Command ecsentry judges Amazon ECS resources by the Amazon ECS controls of AWS
// Security Hub.
package main

import (
	"context"
	"os"

	"github.com/ecsentry/ecsentry/internal/cli"
)

// Set by the linker in releases.
var (
	version string
	commit  string //nolint:gochecknoglobals // the linker can set nothing else
)

func main() {
	ctx, stop := cli.Interruptible(context.Background(), os.Stderr)
	code := cli.Main(ctx, cli.OS(cli.Build{Version: version, Commit: commit}))
	stop()
	os.Exit(code)
}
