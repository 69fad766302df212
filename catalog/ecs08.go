package catalog

import (
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func ecs08() *ecsentry.Control {
	const secretKeys = "secretKeys"
	return &ecsentry.Control{
		ID:    "ECS.8",
		Title: "Secrets should not be passed as container environment variables",
		Description: "Fails if the name of an environment variable of a container is one of `secretKeys`, exactly. " +
			"Neither its value nor `secrets` and `environmentFiles` count." + latestOnly,
		Rationale: "Environment variables of a task definition are plain text for everybody who may describe it, in " +
			"every revision, for good; keys in them do not expire by themselves.",
		Remediation: "Give the task a task role instead of access keys. Keep other secrets in AWS Systems Manager " +
			"Parameter Store or AWS Secrets Manager and name them in `secrets`. Rotate the key: old revisions keep it." + redeploy,
		Severity:     ecsentry.High,
		Category:     "Protect > Secure development > Credentials not hard-coded",
		ResourceType: ecsentry.TaskDefinition,
		ConfigRule:   "ecs-no-environment-secrets",
		Schedule:     changeTriggered,
		Since:        edition,
		Requirements: nist("CA-9(1)", "CM-2"),
		Parameters: []ecsentry.Parameter{{
			Name: secretKeys, List: true,
			Value:       []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"},
			Description: "Names that no environment variable may have.",
		}},
		TruthTable: &ecsentry.TruthTable{
			Columns: []string{"names in environment", "verdict"},
			Rows: [][]string{
				{"one of secretKeys", "FAILED"},
				{"others, or none", "PASSED"},
			},
		},
		Check: ecs.TaskDefinitions(func(td *ecs.TaskDefinition, p ecsentry.Params) ecsentry.Verdict {
			keys := p.List(secretKeys)
			return td.EveryContainer(func(c *ecs.Container, say func(ecsentry.Reason)) { forbiddenVariables(c, keys, say) })
		}),
	}
}

// moveToSecrets mends a variable by a secret with its name; one that is there
// already takes the place of both.
func moveToSecrets(r ecsentry.Reason, c *ecs.Container, v *ecs.Variable, name string, there bool) ecsentry.Reason {
	r = r.Mend(value.Remove, v.At, nil)
	if !there {
		r = r.Mend(value.Append, c.At.Property("secrets"), value.Map{
			{Name: "name", Value: name},
			{Name: "valueFrom", Value: value.Asked{For: value.AskSecret, Key: name}},
		})
	}
	return r.
		Step("give the task a task role instead of keys, or name the secret that holds the value: --secret-arn " + name + "=ARN; " +
			"rotate the key in any case: it is in version control").
		MayBreak("tasks do not start until their execution role may read the secret")
}

// forbiddenVariables says one thing a variable that has one of the names, or
// one for the whole container if none certainly has.
func forbiddenVariables(c *ecs.Container, keys []string, say func(ecsentry.Reason)) {
	found := false
	var moved []string // a name that is there twice becomes one secret
	none := value.Truth{Level: value.No, At: c.Environment.At}
	for i := range c.Environment.Items {
		v := &c.Environment.Items[i]
		secret := value.IsOneOf(v.Name, keys...)
		if secret.Level != value.Yes {
			if secret.Level == value.Maybe {
				none = value.Or(none, secret)
			}
			continue
		}
		name, _ := v.Name.Get()
		r := ecsentry.FailIf(secret, "has the secret "+name+" in a plain environment variable", "").
			Advise("use a task role instead of keys, or name the secret in `secrets`; rotate what stands here")
		r.Key = name
		if r.Mendable() {
			r = moveToSecrets(r, c, v, name, slices.Contains(moved, name))
			moved = append(moved, name)
		}
		say(r)
		found = true
	}
	if found {
		return
	}
	if c.Environment.Rest != nil {
		none = value.Or(none, value.Truth{Level: value.Maybe, At: c.Environment.Rest.At})
	}
	say(ecsentry.FailIf(none, "has a secret in a plain environment variable",
		"has none of the secret names among its environment variables"))
}
