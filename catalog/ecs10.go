package catalog

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

const (
	latestLinux   = "latestLinuxVersion"
	latestWindows = "latestWindowsVersion"
)

func ecs10() *ecsentry.Control {
	return &ecsentry.Control{
		ID:    "ECS.10",
		Title: "ECS Fargate services should run on the latest Fargate platform version",
		Description: "Fails if a Fargate service names a platform version below the latest of its operating system. " +
			"`platformVersion` absent or LATEST passes; services that do not run on Fargate are not judged.",
		Rationale: "A platform version is the kernel and the container runtime that tasks run on. New ones bring fixes " +
			"that old ones may never get.",
		Remediation:  "Set `platformVersion` to LATEST, or remove it, and deploy the service anew.",
		Severity:     ecsentry.Medium,
		Category:     "Identify > Vulnerability, patch, and version management",
		ResourceType: ecsentry.Service,
		ConfigRule:   "ecs-fargate-latest-platform-version",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("SI-2", "SI-2(2)", "SI-2(4)", "SI-2(5)"),
		Parameters: []ecsentry.Parameter{
			{
				Name: latestLinux, Value: []string{"1.4.0"}, Description: "The latest platform version for Linux.",
				Form: versionForm, Wants: versionWords,
			},
			{
				Name: latestWindows, Value: []string{"1.0.0"}, Description: "The latest platform version for Windows.",
				Form: versionForm, Wants: versionWords,
			},
		},
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"runs on", "platformVersion", "verdict"},
			Rows: [][]string{
				{"Fargate", "absent or LATEST", "PASSED"},
				{"Fargate", "not below the latest of its operating system", "PASSED"},
				{"Fargate", "below it, or no version at all", "FAILED"},
				{"EC2, external or managed instances", "any", "NOT_APPLICABLE"},
				{"task sets (deployment controller EXTERNAL)", "any", "NOT_APPLICABLE"},
			},
		},
		Check: ecs.Services(func(s *ecs.Service, p ecsentry.Params) ecsentry.Reason {
			r := platformVersion(s, p)
			r = ecsentry.When(s.Fargate(), "does not run on Fargate", r)
			ownVersion := value.Not(value.Is(s.DeploymentController, "EXTERNAL"))
			return ecsentry.When(ownVersion, "leaves the platform version to its task sets", r)
		}),
	}
}

func platformVersion(s *ecs.Service, p ecsentry.Params) ecsentry.Reason {
	linux := isBelow(s.PlatformVersion, p.One(latestLinux))
	windows := isBelow(s.PlatformVersion, p.One(latestWindows))
	onWindows, inInput := s.Windows()
	fails, passes := "runs on an old Fargate platform version", "runs on the latest Fargate platform version"
	below := value.If(onWindows, windows, linux)
	if !inInput && s.PlatformVersion.State() != value.IsAbsent && value.Is(s.PlatformVersion, latest).Level == value.No &&
		equals(s.PlatformVersion, p.One(latestWindows)).Level == value.No {
		below = linux
		const linuxAssumed = ", judged as Linux's because its task definition is not in the input"
		fails, passes = fails+linuxAssumed, passes+linuxAssumed
	}
	r := ecsentry.FailIf(below, fails, passes).Advise("set `platformVersion: LATEST`, or remove it")
	if !r.Mendable() {
		return r
	}
	wanted := value.Asked{For: value.AskVersion, Default: latest}
	switch {
	case onWindows.Level == value.Yes:
		wanted.Key = latestWindows
	case onWindows.Level == value.No || !inInput:
		wanted.Key = latestLinux
	}
	return r.Mend(value.Set, s.PlatformVersion.At(), wanted)
}
