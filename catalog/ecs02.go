package catalog

import (
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs02() *ecsentry.Control {
	const exempt = "exemptEcsServiceArns"
	return &ecsentry.Control{
		ID:          "ECS.2",
		Title:       "ECS services should not have public IP addresses assigned to them automatically",
		Description: "Fails if `assignPublicIp` of the service's awsvpc configuration is ENABLED and the service is not exempt.",
		Rationale: "A task with a public IP address can be reached from the internet wherever its security groups " +
			"allow it, past the load balancer and what protects it.",
		Remediation: "Set `assignPublicIp` to DISABLED and put the tasks into private subnets. They then need a NAT " +
			"gateway or VPC endpoints to pull images and to write logs.",
		Severity:     ecsentry.High,
		Category:     "Protect > Secure network configuration > Resources not publicly accessible",
		ResourceType: ecsentry.Service,
		ConfigRule:   "ecs-service-assign-public-ip-disabled",
		CustomRule:   true,
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("AC-21", "AC-3", "AC-3(7)", "AC-4", "AC-4(21)", "AC-6", "SC-7", "SC-7(11)", "SC-7(16)",
			"SC-7(20)", "SC-7(21)", "SC-7(3)", "SC-7(4)", "SC-7(9)"),
		Parameters: []ecsentry.Parameter{{
			Name: exempt, List: true,
			Description: "ARNs of the services that may have public IP addresses.",
		}},
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"assignPublicIp", "verdict"},
			Rows: [][]string{
				{"ENABLED", "FAILED, unless exemptEcsServiceArns names the service"},
				{"DISABLED, or anything else", "PASSED"},
				{"absent", "PASSED"},
			},
		},
		Check: ecs.Services(func(s *ecs.Service, p ecsentry.Params) ecsentry.Reason {
			enabled := value.Is(s.AssignPublicIP.Or("DISABLED"), "ENABLED")
			const fails, passes = "gives its tasks public IP addresses", "does not give its tasks public IP addresses"
			exempted := isExempt(s, p.List(exempt))
			if enabled.Level == value.Yes && exempted.Level == value.Yes {
				return ecsentry.FailIf(value.Not(exempted), fails, "may give its tasks public IP addresses: "+exempt+" names it")
			}
			return ecsentry.FailIf(value.And(enabled, value.Not(exempted)), fails, passes).
				Mend(value.Set, s.AssignPublicIP.At(), "DISABLED").
				MayBreak("tasks in subnets without a NAT gateway or VPC endpoints lose the way to pull images").
				Advise("set `assignPublicIp: DISABLED`; tasks then need a NAT gateway or VPC endpoints to pull images")
		}),
	}
}

// isExempt tells whether the list names the service. A service whose ARN the
// input does not know may be any of those in the list.
func isExempt(s *ecs.Service, list []string) value.Truth {
	at := s.AssignPublicIP.At()
	if len(list) == 0 {
		return value.Truth{Level: value.No, At: at}
	}
	arn, known := s.ARN.Get()
	switch {
	case !known:
		var open value.Place
		if at != nil {
			open = *at
		}
		open.Why = &value.Why{Text: "the input does not know the service's ARN, which exemptEcsServiceArns may name"}
		return value.Truth{Level: value.Maybe, At: &open}
	case slices.Contains(list, arn):
		return value.Truth{Level: value.Yes, At: at}
	default:
		return value.Truth{Level: value.No, At: at}
	}
}
