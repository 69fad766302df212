// Command ecsentry judges Amazon ECS resources by the Amazon ECS controls of AWS
// Security Hub.
package main

import (
	"context"
	"os"

	"github.com/ecsentry/ecsentry/internal/cli"
)

// version is set by the linker in releases.
var version string

func main() {
	ctx, stop := cli.Interruptible(context.Background(), os.Stderr)
	code := cli.Main(ctx, cli.OS(version))
	stop()
	os.Exit(code)
}
