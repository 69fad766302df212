package ecs

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// A Service is an ECS service, or the input that would create one.
type Service struct {
	At                   *value.Place
	ARN                  value.Of[string]
	Name                 value.Of[string]
	Status               value.Of[string] // ACTIVE, DRAINING, INACTIVE
	LaunchType           value.Of[string]
	PlatformVersion      value.Of[string]
	PlatformFamily       value.Of[string]
	AssignPublicIP       value.Of[string] // networkConfiguration.awsvpcConfiguration.assignPublicIp
	DeploymentController value.Of[string] // deploymentController.type
	ExecuteCommand       value.Of[bool]   // enableExecuteCommand; decides nothing, and is worth no choice
	Strategy             value.List[StrategyItem]
	ClusterRef           value.Of[string] // name or ARN
	TaskDefinitionRef    value.Of[string] // family, family:revision or ARN
	Cluster              Link[Cluster]
	TaskDefinition       Link[TaskDefinition]
}

// A Link leads to another resource of the input. With neither member set the
// other resource is not in the input.
type Link[T any] struct {
	To  *T
	Why *value.Why // the link is there and cannot be followed
}

// A StrategyItem is an element of a capacity provider strategy.
type StrategyItem struct {
	At       *value.Place
	Provider value.Of[string]
}

// DecodeService reads the service of the ECS API out of a node. Its links are
// the source's to set, or those of who has seen all sources.
func DecodeService(n value.Node) *Service {
	d := object(n, nil, "")
	s := &Service{
		At:                   d.at,
		ARN:                  d.text("serviceArn"),
		Name:                 d.text("serviceName"),
		Status:               d.text("status"),
		LaunchType:           d.text("launchType"),
		PlatformVersion:      d.text("platformVersion"),
		PlatformFamily:       d.text("platformFamily"),
		AssignPublicIP:       d.child("networkConfiguration").child("awsvpcConfiguration").text("assignPublicIp"),
		DeploymentController: d.child("deploymentController").text("type"),
		TaskDefinitionRef:    d.text("taskDefinition"),
		ExecuteCommand:       d.truth("enableExecuteCommand"),
	}
	s.Strategy = listOf(d, "capacityProviderStrategy", strategyItem)
	s.ClusterRef = d.text("clusterArn")
	if s.ClusterRef.State() == value.IsAbsent {
		s.ClusterRef = d.text("cluster")
	}
	return s
}

func strategyItem(d decoder) StrategyItem {
	return StrategyItem{At: d.at, Provider: d.text("capacityProvider")}
}

// Fargate tells whether the service runs on AWS Fargate: by its launch type,
// else by its capacity providers, else by its cluster's default strategy. With
// none of these Amazon ECS takes EC2.
//
// A strategy cannot mix Fargate with other capacity providers, so one element
// tells for all.
func (s *Service) Fargate() value.Truth {
	launchType := value.Is(s.LaunchType, "FARGATE")
	return value.If(Given(s.LaunchType), launchType, s.fargateByStrategy())
}

func (s *Service) fargateByStrategy() value.Truth {
	own := onFargate(s.Strategy)
	return value.If(value.Not(s.Strategy.Empty()), own, s.fargateByCluster())
}

func (s *Service) fargateByCluster() value.Truth {
	switch {
	case s.Cluster.To != nil:
		return referred(s.Cluster.To.Fargate(), s.ClusterRef.At())
	case s.Cluster.Why != nil:
		return maybe(s.ClusterRef.At(), s.Cluster.Why)
	default:
		return maybe(s.ClusterRef.At(), &value.Why{
			Text: "its launch type is that of its cluster, which is not in the input",
			Hint: "scan the cluster together with the service",
		})
	}
}

// Fargate tells whether services that say neither a launch type nor a strategy
// run on AWS Fargate in the cluster: by its default strategy, else on EC2.
func (c *Cluster) Fargate() value.Truth {
	return value.If(value.Not(c.Strategy.Empty()), onFargate(c.Strategy), value.Truth{Level: value.No, At: c.Strategy.At})
}

func onFargate(l value.List[StrategyItem]) value.Truth {
	return value.AnyItem(l, func(i *StrategyItem) value.Truth {
		return value.IsOneOf(i.Provider, "FARGATE", "FARGATE_SPOT")
	})
}

// Given tells whether a string is there and not empty.
func Given(s value.Of[string]) value.Truth {
	return value.Match(s, func(s string) bool { return s != "" }, func(p value.Partial) value.Level {
		if p.NotEmpty() {
			return value.Yes
		}
		return value.Maybe
	})
}

// referred is a truth about another resource, at the place that refers to it:
// that is where people look for the reason.
func referred(t value.Truth, at *value.Place) value.Truth {
	if t.Level == value.Maybe && t.At != nil {
		return maybe(at, t.At.Why)
	}
	return value.Truth{Level: t.Level, At: at}
}

func maybe(at *value.Place, why *value.Why) value.Truth {
	var open value.Place
	if at != nil {
		open = *at
	}
	open.Why = why
	return value.Truth{Level: value.Maybe, At: &open}
}

// Windows tells whether the service's tasks run on Windows: by its platform
// family, else by its task definition. inInput is false where neither is in the
// input.
func (s *Service) Windows() (t value.Truth, inInput bool) {
	if s.PlatformFamily.State() != value.IsAbsent {
		return windows(s.PlatformFamily), true
	}
	switch {
	case s.TaskDefinition.To != nil:
		return referred(s.TaskDefinition.To.Windows(), s.TaskDefinitionRef.At()), true
	case s.TaskDefinition.Why != nil:
		return maybe(s.TaskDefinitionRef.At(), s.TaskDefinition.Why), true
	default:
		return maybe(s.TaskDefinitionRef.At(), &value.Why{
			Text: "its task definition, which says the operating system, is not in the input",
			Hint: "scan the task definition together with the service",
		}), false
	}
}

// Services makes a check of a function over services.
func Services(check func(*Service, ecsentry.Params) ecsentry.Reason) ecsentry.Check {
	return func(resource any, p ecsentry.Params) ecsentry.Verdict {
		return check(resource.(*Service), p).Verdict()
	}
}
