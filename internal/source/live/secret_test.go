package live

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// A secret in an environment value, a command, a label and so on reaches no
// resource, whatever the service answers.
func TestSecrets(t *testing.T) {
	const canary = "canary-5f0c2e"
	f := small()
	f.Secret = canary
	for name, faults := range map[string][]ecstest.Fault{
		"good answers": nil,
		"bad answers": {
			{Kind: ecstest.CutShort, Action: "DescribeTaskDefinition", After: 3},
			{Kind: ecstest.CutShort, Action: "DescribeServices", After: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, f, func(t *testing.T, s *ecstest.Server, _ *ecstest.World) {
				s.Inject(faults...)
				r := collect(t.Context(), t, against(s, Config{}))
				if (len(r.gaps) > 0) != (len(faults) > 0) {
					t.Errorf("%d gaps", len(r.gaps))
				}
				seen, found := 0, 0
				visitStrings(reflect.ValueOf(r), map[uintptr]bool{}, func(text string) {
					seen++
					if strings.Contains(text, canary) {
						found++
					}
				})
				if found > 0 || seen < 100 {
					t.Errorf("%d of %d strings hold the secret", found, seen)
				}
			})
		})
	}
}

// visitStrings visits every string that can be reached, exported or not.
func visitStrings(v reflect.Value, seen map[uintptr]bool, visit func(string)) {
	switch v.Kind() {
	case reflect.String:
		visit(v.String())
	case reflect.Pointer:
		if !v.IsNil() && !seen[v.Pointer()] {
			seen[v.Pointer()] = true
			visitStrings(v.Elem(), seen, visit)
		}
	case reflect.Interface:
		visitStrings(v.Elem(), seen, visit)
	case reflect.Struct:
		for i := range v.NumField() {
			visitStrings(v.Field(i), seen, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			visitStrings(v.Index(i), seen, visit)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			visitStrings(it.Key(), seen, visit)
			visitStrings(it.Value(), seen, visit)
		}
	}
}
