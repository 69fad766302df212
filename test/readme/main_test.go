package readme

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the sample into README.md")
	flag.Parse()
	os.Exit(m.Run())
}
