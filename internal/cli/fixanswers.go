package cli

import (
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/value"
)

// answers are what edits ask for and only a person can say.
type answers struct {
	unsafe              bool
	user                string
	secrets             []string
	logGroup, logRegion string
	arns                map[string]string // of secrets, by the variable
}

// answerFlags are the flags that register adds.
func answerFlags() []string {
	return []string{"unsafe", "user", "secret-arn", "log-group", "log-region"}
}

// only refuses these flags where nothing is mended.
func (a *answers) only(cmd *cobra.Command, mends bool) error {
	for _, name := range answerFlags() {
		if !mends && cmd.Flags().Changed(name) {
			return badUsage("add --fix, or see ecsentry fix", "--%s is for mending, and a scan only reads", name)
		}
	}
	return nil
}

func (a *answers) register(flags *pflag.FlagSet) {
	flags.BoolVar(&a.unsafe, "unsafe", false, "make the edits too that may break something")
	flags.StringVar(&a.user, "user", "", "run containers that must not be root as this user, `UID[:GID]` (ECS.1, ECS.4)")
	flags.StringArrayVar(&a.secrets, "secret-arn", nil, "take a variable from the secret with this ARN, `NAME=ARN` (ECS.8, repeatable)")
	flags.StringVar(&a.logGroup, "log-group", "", "send logs to this log `GROUP` with awslogs (ECS.9)")
	flags.StringVar(&a.logRegion, "log-region", "", "`REGION` of the log group, where the input does not say it")
}

// What AWS takes for these values.
var (
	userForm   = regexp.MustCompile(`^[0-9]{1,10}(:[0-9]{1,10})?$`)
	secretForm = regexp.MustCompile(`^arn:aws[a-z-]*:(secretsmanager|ssm):[a-z0-9-]+:[0-9]{12}:(secret:|parameter/)[A-Za-z0-9/_+=.@:-]+$`)
	groupForm  = regexp.MustCompile(`^[.\-_/#A-Za-z0-9]{1,512}$`)
	regionForm = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-[0-9]+$`)
)

// check refuses answers that AWS would refuse, or that would not mend anything.
func (a *answers) check() error {
	if a.user != "" && !userForm.MatchString(a.user) {
		return badUsage("write numbers, such as --user 1000:1000", "--user: %q is no UID[:GID]", a.user)
	}
	if uid, _, _ := strings.Cut(a.user, ":"); a.user != "" && strings.Trim(uid, "0") == "" {
		return badUsage("name another user, such as --user 1000:1000", "--user: %s is root", a.user)
	}
	a.arns = map[string]string{}
	for _, s := range a.secrets {
		name, arn, ok := strings.Cut(s, "=")
		if !ok || name == "" || !secretForm.MatchString(arn) {
			// The text may be the secret itself, given by mistake.
			return badUsage("give the ARN of a secret or parameter: --secret-arn NAME=arn:aws:secretsmanager:…",
				"--secret-arn: what is given is not NAME=ARN")
		}
		a.arns[name] = arn
	}
	if a.logGroup != "" && !groupForm.MatchString(a.logGroup) {
		return badUsage("", "--log-group: %q is no name of a log group", a.logGroup)
	}
	if a.logRegion != "" && !regionForm.MatchString(a.logRegion) {
		return badUsage("write it as eu-central-1", "--log-region: %q is no Region", a.logRegion)
	}
	return nil
}

// answer is what a person or the policy says, "" for nothing.
func (x *fixer) answer(f *ecsentry.Finding, asked value.Asked) string {
	switch asked.For {
	case value.AskUser:
		return x.user
	case value.AskSecret:
		return x.arns[asked.Key]
	case value.AskLogGroup:
		return x.logGroup
	case value.AskRegion:
		return x.logRegion
	case value.AskInsights:
		return x.first.policies.of(f.Resource).run.Fix[f.Control.ID]
	case value.AskVersion:
		return x.first.policies.of(f.Resource).rules.Settings[f.Control.ID].One(asked.Key)
	}
	return ""
}
