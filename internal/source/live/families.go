package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
)

// readFamilies reads the latest ACTIVE revision of each family.
func (r *region) readFamilies(ctx context.Context) {
	describing := newWorkers()
	err := r.list(ctx, r.taskDefinitionReads, "families", func(ctx context.Context, token *string) (*node, error) {
		in := &sdk.ListTaskDefinitionFamiliesInput{
			MaxResults: aws.Int32(listPage), NextToken: token,
			Status: types.TaskDefinitionFamilyStatusActive,
		}
		return ask(ctx, r.client.ListTaskDefinitionFamilies, in, "families")
	}, func(names []string) {
		r.note(func(p *Progress) { p.TaskDefinitions.Listed += len(names) })
		for _, name := range names {
			describing.run(func() { r.readFamily(ctx, name) })
		}
	})
	if err != nil {
		r.fail(ctx, "ecs:ListTaskDefinitionFamilies"+r.where(r.name), "ecs:ListTaskDefinitionFamilies", err)
	}
	describing.wait()
	r.allKnown = err == nil
}

func (r *region) readFamily(ctx context.Context, name string) {
	var td *ecs.TaskDefinition
	var tags map[string]string
	revision := "" // stays so for a family that was listed and cannot be read
	err := r.caller.do(ctx, r.taskDefinitionReads, func(ctx context.Context) error {
		in := &sdk.DescribeTaskDefinitionInput{
			TaskDefinition: &name,
			Include:        []types.TaskDefinitionField{types.TaskDefinitionFieldTags},
		}
		n, err := ask(ctx, r.client.DescribeTaskDefinition, in, "taskDefinition")
		if err != nil {
			return err
		}
		td, tags = ecs.DecodeTaskDefinition(n.field("taskDefinition")), r.tags(n)
		if revision, _ = td.ARN.Get(); revision == "" {
			return errMalformed
		}
		return nil
	})
	if err == nil {
		r.note(func(p *Progress) { p.TaskDefinitions.Read++ })
		res := r.resource(ecsentry.TaskDefinition, revision, td.Family, td)
		res.Tags = tags
		r.yield(res)
	} else {
		r.fail(ctx, r.arn(r.name, "task-definition/"+name), "ecs:DescribeTaskDefinition", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.families[name] = revision
}
