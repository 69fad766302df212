package cloudformation

import (
	"os"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

// BenchmarkTemplate judges a template of 4.5 KB with six ECS resources; compare
// it with BenchmarkParse, which only reads it.
func BenchmarkTemplate(b *testing.B) {
	data, err := os.ReadFile("testdata/fleet.yaml")
	if err != nil {
		b.Fatal(err)
	}
	controls := catalog.Controls()
	f, err := document.Parse("fleet.yaml", data, document.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		resources := 0
		_, err = (&Format{}).Read(b.Context(), files.NewInput(f, f.Documents, nil), func(r *ecsentry.Resource) error {
			resources++
			for _, c := range controls {
				if c.ResourceType == r.Type {
					v := ecsentry.Judge(c, r, nil)
					if v.Outcome == ecsentry.Unknown {
						ecsentry.HowToDecide(c, r, nil)
					}
				}
			}
			return nil
		})
		if err != nil || resources != 6 {
			b.Fatal(resources, err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("testdata/fleet.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := document.Parse("fleet.yaml", data, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
