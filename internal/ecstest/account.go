package ecstest

import (
	"fmt"
	"slices"
)

// callerIdentity answers sts:GetCallerIdentity, which needs no permission.
func callerIdentity(q *request) []byte {
	return fmt.Appendf(nil, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>`+
		`<Arn>arn:aws:iam::%[1]s:user/test</Arn><UserId>AIDATEST</UserId><Account>%[1]s</Account></GetCallerIdentityResult>`+
		`<ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></GetCallerIdentityResponse>`, q.account.id)
}

func listRegions(_ *Server, q *request) (any, *failure) {
	var in struct {
		MaxResults *int     `json:"MaxResults"`
		NextToken  string   `json:"NextToken"`
		Status     []string `json:"RegionOptStatusContains"`
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	all := []Object{}
	for _, name := range sortedKeys(q.account.optIn) {
		status := q.account.optIn[name]
		if len(in.Status) == 0 || slices.Contains(in.Status, status) {
			all = append(all, Object{"RegionName": name, "RegionOptStatus": status})
		}
	}
	items, next, err := page(paged{in.MaxResults, in.NextToken}, fmt.Sprint(in.Status), 20, 50, all)
	if err != nil {
		err.code = "ValidationException"
		return nil, err
	}
	out := Object{"Regions": items}
	if next != "" {
		out["NextToken"] = next
	}
	return out, nil
}
