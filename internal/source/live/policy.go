package live

// A PolicyDocument is an IAM policy.
type PolicyDocument struct {
	Version   string
	Statement []Statement
}

// A Statement of an IAM policy.
type Statement struct {
	Sid      string
	Effect   string
	Action   []string
	Resource string
}

// Policy is the least that a scan needs to be allowed: to list and to describe.
// Listing takes no narrower resource than all. Who scans named Regions only can
// leave out the second statement; sts:GetCallerIdentity, which a scan calls too,
// needs no permission.
func Policy() PolicyDocument {
	return PolicyDocument{
		Version: "2012-10-17",
		Statement: []Statement{
			{
				Sid: "EcsentryScan", Effect: "Allow",
				Action: []string{
					"ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTaskDefinition",
					"ecs:ListClusters", "ecs:ListServices", "ecs:ListTaskDefinitionFamilies",
				},
				Resource: "*",
			},
			{Sid: "EcsentryAllRegions", Effect: "Allow", Action: []string{"account:ListRegions"}, Resource: "*"},
		},
	}
}

// AggregatorPolicy is the least that a scan of a configuration aggregator needs to
// be allowed. Who can read an aggregator can read what it knows of all its
// accounts: no permission in those is needed.
func AggregatorPolicy() PolicyDocument {
	return PolicyDocument{
		Version: "2012-10-17",
		Statement: []Statement{{
			Sid: "EcsentryConfigAggregator", Effect: "Allow", Action: []string{describeState, selectRows}, Resource: "*",
		}},
	}
}
