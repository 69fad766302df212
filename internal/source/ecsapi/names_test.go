package ecsapi

import (
	"reflect"
	"strings"
	"testing"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// TestNamesAreTheAPIs compares the names with the API's own, as the AWS SDK has
// them: each of ours must be one, and each of the API's must be ours where we
// look inside.
func TestNamesAreTheAPIs(t *testing.T) {
	for name, tt := range map[string]struct {
		shape shape
		types []any
	}{
		"task definition": {taskDefinitionShape(), []any{types.TaskDefinition{}, sdk.RegisterTaskDefinitionInput{}}},
		"service":         {serviceShape(), []any{types.Service{}, sdk.CreateServiceInput{}}},
		"cluster":         {clusterShape(), []any{types.Cluster{}, sdk.CreateClusterInput{}}},
		"task set":        {taskSetShape(), []any{types.TaskSet{}, sdk.CreateTaskSetInput{}}},
	} {
		var all []reflect.Type
		for _, v := range tt.types {
			all = append(all, reflect.TypeOf(v))
		}
		compare(t, name, tt.shape, all...)
	}
}

func compare(t *testing.T, path string, s shape, all ...reflect.Type) {
	t.Helper()
	api := map[string][]reflect.Type{}
	for _, typ := range all {
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() {
				name := strings.ToLower(f.Name[:1]) + f.Name[1:]
				api[name] = append(api[name], object(f.Type)...)
			}
		}
	}
	for name, held := range s {
		inner, ok := api[name]
		if !ok {
			t.Errorf("%s: the API has no %s", path, name)
			continue
		}
		if held != nil {
			compare(t, path+"."+name, held, inner...)
		}
	}
	for name := range api {
		if _, ok := s[name]; !ok && name != "resultMetadata" {
			t.Errorf("%s: the API has %s", path, name)
		}
	}
}

// object is the struct that a field holds, by itself or in a list.
func object(typ reflect.Type) []reflect.Type {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || typ == reflect.TypeOf(time.Time{}) {
		return nil
	}
	return []reflect.Type{typ}
}
