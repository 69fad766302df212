package awsconfig_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
)

// What stays of a stream does not grow with the bytes of its items: not even what
// is kept of each may hold on to what was read.
func TestMemoryGrowsWithResources(t *testing.T) {
	held := func(padding int) (bytes uint64) {
		r, w := io.Pipe()
		go func() {
			junk := strings.Repeat("x", padding)
			fmt.Fprint(w, `{"configurationItems": [`) //nolint:errcheck // the reader would say so
			for i := range 2000 {
				if i > 0 {
					fmt.Fprint(w, ",\n") //nolint:errcheck // as above
				}
				fmt.Fprint(w, item("TaskDefinition", fmt.Sprintf("%stask-definition/family-with-a-long-name-%d:1", inEU, i), monday, "OK", //nolint:errcheck // as above
					`{"Family": "family-with-a-long-name", "ContainerDefinitions": [{"Name": "a-container-with-a-long-name", "DockerLabels": {"x": "`+junk+`"}}]}`))
			}
			fmt.Fprint(w, "]}") //nolint:errcheck // as above
			w.Close()           //nolint:errcheck // never fails
		}()
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var all []*ecsentry.Resource
		_, err := awsconfig.Format{}.Stream(context.Background(), "x.json", r, func(r *ecsentry.Resource) error {
			all = append(all, r)
			return nil
		})
		if err != nil || len(all) != 2000 {
			t.Fatalf("%d resources, %v", len(all), err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(all)
		return after.HeapAlloc - before.HeapAlloc
	}
	small, large := held(0), held(20_000) // 40 MB
	if large > small+small/4+1<<20 {
		t.Errorf("2,000 resources hold %d bytes, and %d where their items are 20 KB larger", small, large)
	}
}
