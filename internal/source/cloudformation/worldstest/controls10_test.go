package worldstest

import (
	"math/big"
	"slices"
	"strings"
)

// ecs10 judges a service. What the template does not hold, or does not create,
// is not known: fargate is then 'perhaps', the operating system "".
func (d *deployment) ecs10(s map[string]any) string {
	if d.property(s, "DeploymentController", "Type") == "EXTERNAL" {
		return never
	}
	fargate, perhaps := d.fargate(s)
	if !fargate && !perhaps {
		return never
	}
	version := d.property(s, "PlatformVersion")
	if get(s, "PlatformVersion") == nil || version == "LATEST" {
		return passed
	}
	verdict := d.versionVerdict(s, version)
	if verdict == failed && perhaps {
		return unknown
	}
	return verdict
}

func (d *deployment) fargate(s map[string]any) (yes, perhaps bool) {
	if get(s, "LaunchType") != nil {
		return d.property(s, "LaunchType") == "FARGATE", false
	}
	if own := items(get(s, "CapacityProviderStrategy")); len(own) > 0 {
		return d.fargateProviders(own), false
	}
	id, ok := d.target(get(s, "Cluster"), "AWS::ECS::Cluster")
	if !ok {
		return false, true
	}
	return d.fargateProviders(d.defaultStrategy(id)), false
}

func (d *deployment) fargateProviders(strategy []any) bool {
	for _, e := range strategy {
		if p := d.property(fields(e), "CapacityProvider"); p == "FARGATE" || p == "FARGATE_SPOT" {
			return true
		}
	}
	return false
}

func (d *deployment) versionVerdict(s map[string]any, version string) string {
	id, ok := d.target(get(s, "TaskDefinition"), "AWS::ECS::TaskDefinition")
	linux := failIf(below(version, "1.4.0"))
	windows := failIf(below(version, "1.0.0"))
	switch {
	case ok:
		td := d.properties(id)
		os := d.property(td, "RuntimePlatform", "OperatingSystemFamily")
		if strings.HasPrefix(strings.ToUpper(os), "WINDOWS") {
			return windows
		}
		return linux
	case id == "" && (below(version, "1.0.0") || below("1.0.0", version)):
		return linux // no task definition of the input: judged as Linux's
	case linux == windows:
		return linux
	default:
		return unknown
	}
}

// below compares versions: dot-separated decimal numbers; anything else is below
// all.
func below(a, b string) bool {
	x, ok := version(a)
	y, _ := version(b)
	return !ok || slices.CompareFunc(x, y, (*big.Int).Cmp) < 0
}

// version is a version's numbers, without zeros at the end: 1.4 is 1.4.0.
func version(s string) ([]*big.Int, bool) {
	var out []*big.Int
	for _, part := range strings.Split(s, ".") {
		if strings.Trim(part, "0123456789") != "" || part == "" {
			return nil, false
		}
		n, _ := new(big.Int).SetString(part, 10)
		out = append(out, n)
	}
	for len(out) > 0 && out[len(out)-1].Sign() == 0 {
		out = out[:len(out)-1]
	}
	return out, true
}
