// Package asff holds the AWS Security Finding Format, the form in which findings
// are imported into AWS Security Hub, and turns findings into it. Only the fields
// that findings of ours have are here; their names and limits are those of the
// Security Hub API, version 2018-10-26.
package asff

// SchemaVersion is the only version of the format there is.
const SchemaVersion = "2018-10-08"

// A Finding is an AwsSecurityFinding.
type Finding struct {
	SchemaVersion         string
	Id                    string
	ProductArn            string
	ProductName           string
	CompanyName           string
	Region                string
	GeneratorId           string
	AwsAccountId          string
	Types                 []string
	LastObservedAt        string
	CreatedAt             string
	UpdatedAt             string
	Severity              Severity
	Title                 string
	Description           string
	Remediation           Remediation
	ProductFields         map[string]string
	Resources             []Resource
	Compliance            Compliance
	Workflow              Workflow
	RecordState           string
	Note                  *Note `json:",omitempty"`
	FindingProviderFields ProviderFields
}

// Severity is how bad a finding is. Normalized is 0 to 100.
type Severity struct {
	Label      string
	Normalized int
	Original   string
}

// ProviderFields are what the provider says of fields that customers may change.
type ProviderFields struct {
	Severity ProviderSeverity
	Types    []string
}

// ProviderSeverity is the severity without the number, which it may not have.
type ProviderSeverity struct {
	Label    string
	Original string
}

// Remediation says what to do.
type Remediation struct{ Recommendation Recommendation }

// Recommendation is a text and where to read on.
type Recommendation struct{ Text, Url string }

// A Resource is what the finding is about.
type Resource struct {
	Type      string
	Id        string
	Partition string   `json:",omitempty"` // aws, aws-cn or aws-us-gov: the format knows no other
	Region    string   `json:",omitempty"`
	Details   *Details `json:",omitempty"`
}

// Details holds one member, that of the resource's type.
type Details struct {
	AwsEcsTaskDefinition *TaskDefinition `json:",omitempty"`
	AwsEcsService        *Service        `json:",omitempty"`
	AwsEcsCluster        *Cluster        `json:",omitempty"`
}

// TaskDefinition is what a finding tells of a task definition: not what it
// holds, for that may be secret.
type TaskDefinition struct{ Family string }

// Service is what a finding tells of a service.
type Service struct {
	ServiceArn  string `json:",omitempty"`
	ServiceName string `json:",omitempty"`
	Name        string `json:",omitempty"`
}

// Cluster is what a finding tells of a cluster.
type Cluster struct {
	ClusterArn  string `json:",omitempty"`
	ClusterName string `json:",omitempty"`
}

// Compliance is the verdict.
type Compliance struct {
	Status                    string
	RelatedRequirements       []string `json:",omitempty"`
	SecurityControlId         string
	StatusReasons             []StatusReason
	SecurityControlParameters []Parameter `json:",omitempty"`
}

// A StatusReason says why the verdict is what it is.
type StatusReason struct {
	ReasonCode  string
	Description string `json:",omitempty"`
}

// A Parameter is one that the control was judged with.
type Parameter struct {
	Name  string
	Value []string
}

// Workflow says how far people have come with the finding.
type Workflow struct{ Status string }

// A Note is a word of a person.
type Note struct{ Text, UpdatedBy, UpdatedAt string }
