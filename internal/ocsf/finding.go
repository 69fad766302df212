// Package ocsf holds the Open Cybersecurity Schema Framework's Compliance
// Finding, the class in which AWS Security Hub keeps findings of controls, and
// turns findings into it. Only the attributes that findings of ours have are
// here; their names are those of the schema.
//
// A finding takes the way through the AWS Security Finding Format, so that both
// forms agree in identifiers, whereabouts and limits.
package ocsf

// The class and its version.
const (
	SchemaVersion = "1.6.0" // what AWS documents for Security Hub
	CategoryUID   = 2       // Findings
	ClassUID      = 2003    // Compliance Finding
)

// A Finding is an event of the class Compliance Finding with the profiles cloud
// and datetime.
type Finding struct {
	ActivityID       int              `json:"activity_id"`
	ActivityName     string           `json:"activity_name"`
	CategoryUID      int              `json:"category_uid"`
	CategoryName     string           `json:"category_name"`
	ClassUID         int              `json:"class_uid"`
	ClassName        string           `json:"class_name"`
	TypeUID          int              `json:"type_uid"`
	TypeName         string           `json:"type_name"`
	Time             int64            `json:"time"` // milliseconds since 1970
	TimeDT           string           `json:"time_dt"`
	SeverityID       int              `json:"severity_id"`
	Severity         string           `json:"severity"`
	StatusID         int              `json:"status_id"`
	Status           string           `json:"status"`
	Message          string           `json:"message"`
	Comment          string           `json:"comment,omitempty"`
	Metadata         Metadata         `json:"metadata"`
	Cloud            Cloud            `json:"cloud"`
	FindingInfo      FindingInfo      `json:"finding_info"`
	Compliance       Compliance       `json:"compliance"`
	Remediation      Remediation      `json:"remediation"`
	Resources        []Resource       `json:"resources"`
	VendorAttributes VendorAttributes `json:"vendor_attributes"`
}

// Metadata says who made the finding, and in which schema.
type Metadata struct {
	Version  string   `json:"version"`
	Profiles []string `json:"profiles"`
	Product  Product  `json:"product"`
}

// Product is ecsentry.
type Product struct {
	Name       string `json:"name"`
	VendorName string `json:"vendor_name"`
	UID        string `json:"uid"`
	Version    string `json:"version,omitempty"`
}

// Cloud says where the resource is, as far as anybody knows.
type Cloud struct {
	Provider  string  `json:"provider"`
	Partition string  `json:"cloud_partition"`
	Region    string  `json:"region"`
	Account   Account `json:"account"`
}

// Account is an AWS account.
type Account struct {
	UID    string `json:"uid"`
	Type   string `json:"type"`
	TypeID int    `json:"type_id"`
}

// FindingInfo says which finding it is.
type FindingInfo struct {
	UID            string   `json:"uid"`
	Title          string   `json:"title"`
	Desc           string   `json:"desc"`
	Types          []string `json:"types"`
	Analytic       Analytic `json:"analytic"`
	CreatedTime    int64    `json:"created_time"`
	CreatedTimeDT  string   `json:"created_time_dt"`
	ModifiedTime   int64    `json:"modified_time"`
	ModifiedTimeDT string   `json:"modified_time_dt"`
	LastSeenTime   int64    `json:"last_seen_time"`
	LastSeenTimeDT string   `json:"last_seen_time_dt"`
}

// Analytic is the rule behind the control.
type Analytic struct {
	Name     string `json:"name"`
	UID      string `json:"uid"`
	Category string `json:"category,omitempty"`
	Type     string `json:"type"`
	TypeID   int    `json:"type_id"`
}

// Compliance is the verdict.
type Compliance struct {
	Control       string      `json:"control"`
	Desc          string      `json:"desc,omitempty"`
	Category      string      `json:"category,omitempty"`
	Standards     []string    `json:"standards,omitempty"`
	Requirements  []string    `json:"requirements,omitempty"`
	Parameters    []Parameter `json:"control_parameters,omitempty"`
	Status        string      `json:"status"`
	StatusID      int         `json:"status_id"`
	StatusDetails []string    `json:"status_details,omitempty"`
}

// A Parameter is one that the control was judged with.
type Parameter struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// Remediation says what to do.
type Remediation struct {
	Desc       string   `json:"desc"`
	References []string `json:"references"`
}

// A Resource is what the finding is about.
type Resource struct {
	Type      string `json:"type"`
	UID       string `json:"uid"`               // short
	UIDAlt    string `json:"uid_alt,omitempty"` // the ARN
	Name      string `json:"name,omitempty"`
	Region    string `json:"region"`
	Partition string `json:"cloud_partition"`
	Owner     Owner  `json:"owner"`
	Data      *Data  `json:"data,omitempty"`
}

// Data is what the schema has no attribute for.
type Data struct {
	Construct string `json:"construct"` // that made the resource, in a tool such as the AWS CDK
}

// Owner is whose the resource is.
type Owner struct {
	Account Account `json:"account"`
}

// VendorAttributes are the severity of a failure of the control, whatever this
// finding's verdict.
type VendorAttributes struct {
	SeverityID int    `json:"severity_id"`
	Severity   string `json:"severity"`
}
