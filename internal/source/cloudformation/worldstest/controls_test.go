package worldstest

import "strings"

// The outcomes that a naive control gives.
const (
	passed  = "PASSED"
	failed  = "FAILED"
	unknown = "UNKNOWN"
	never   = "NOT_APPLICABLE"
)

// undeployable is the panic of a control that reads what cannot be deployed.
type undeployable struct{}

// malformed is the panic of a control that reads a value of another type than
// the property has. Random templates have none.
type malformed struct{}

// get is a property, nil if it is absent.
func get(m map[string]any, path ...string) any {
	var v any = m
	for _, key := range path {
		if v == nil {
			return nil
		}
		v = fields(v)[key]
	}
	if v == invalid {
		panic(undeployable{})
	}
	return v
}

func fields(v any) map[string]any {
	if v == invalid {
		panic(undeployable{})
	}
	m, ok := v.(map[string]any)
	if !ok {
		panic(malformed{})
	}
	return m
}

func items(v any) []any {
	if v == invalid {
		panic(undeployable{})
	}
	l, ok := v.([]any)
	if !ok && v != nil {
		panic(malformed{})
	}
	return l
}

// property is a string property; absent is "".
func (d *deployment) property(m map[string]any, path ...string) string {
	v := get(m, path...)
	if v == nil {
		return ""
	}
	s, ok := d.text(v)
	if !ok {
		panic(malformed{})
	}
	return s
}

// flag is a boolean property; absent is false; ok is false for what is no boolean.
func (d *deployment) flag(m map[string]any, key string) (yes, ok bool) {
	v := get(m, key)
	if v == nil {
		return false, true
	}
	s, _ := d.text(v)
	switch strings.ToLower(s) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// containers judges each container and joins: one that fails fails all. A list
// within the list may be any containers, of which nobody knows more than blank.
func containers(td map[string]any, judge func(map[string]any) string, blank string) string {
	out := never
	for _, c := range items(get(td, "ContainerDefinitions")) {
		one := blank
		if _, isList := c.([]any); !isList {
			one = judge(fields(c))
		}
		if rank(one) > rank(out) {
			out = one
		}
	}
	return out
}

func rank(outcome string) int {
	return strings.Index("NPUF", outcome[:1])
}

func failIf(fails bool) string {
	if fails {
		return failed
	}
	return passed
}

func (d *deployment) ecs1(td map[string]any) string {
	host := d.property(td, "NetworkMode") == "host"
	blank := passed
	if host {
		blank = unknown
	}
	return containers(td, func(c map[string]any) string {
		privileged, ok := d.flag(c, "Privileged")
		user := d.property(c, "User")
		root := user == "" || user == "root" || user == "0" ||
			strings.HasPrefix(user, "root:") || strings.HasPrefix(user, "0:")
		if host && root && !ok {
			return unknown
		}
		return failIf(host && !privileged && root)
	}, blank)
}

func (d *deployment) ecs3(td map[string]any) string {
	return failIf(d.property(td, "PidMode") == "host")
}

func (d *deployment) ecs4(td map[string]any) string {
	return containers(td, func(c map[string]any) string {
		yes, ok := d.flag(c, "Privileged")
		if !ok {
			return unknown
		}
		return failIf(yes)
	}, unknown)
}

func (d *deployment) ecs5(td map[string]any) string {
	return containers(td, func(c map[string]any) string {
		yes, ok := d.flag(c, "ReadonlyRootFilesystem")
		if !ok {
			return unknown
		}
		return failIf(!yes)
	}, unknown)
}

func (d *deployment) ecs8(td map[string]any) string {
	return containers(td, func(c map[string]any) string {
		out := passed
		for _, e := range items(get(c, "Environment")) {
			if _, isList := e.([]any); isList {
				out = unknown
				continue
			}
			switch d.property(fields(e), "Name") {
			case "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA":
				return failed
			}
		}
		return out
	}, unknown)
}

func (d *deployment) ecs9(td map[string]any) string {
	return containers(td, func(c map[string]any) string {
		return failIf(d.property(c, "LogConfiguration", "LogDriver") == "")
	}, unknown)
}

func (d *deployment) ecs2(s map[string]any) string {
	return failIf(d.property(s, "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp") == "ENABLED")
}

func (d *deployment) ecs12(c map[string]any) string {
	for _, e := range items(get(c, "ClusterSettings")) {
		if m := fields(e); d.property(m, "Name") == "containerInsights" {
			v := d.property(m, "Value")
			return failIf(v != "enabled" && v != "enhanced")
		}
	}
	return failed
}
