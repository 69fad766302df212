package ecstest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// configTarget is the prefix of AWS Config's actions.
const configTarget = "StarlingDoveService."

// An Aggregator is a configuration aggregator of AWS Config in a Region.
type Aggregator struct {
	world *World
	items []Object
	stale []Object
}

// AddAggregator makes an aggregator in the Region.
func (r *Region) AddAggregator(name string) *Aggregator {
	r.world.mu.Lock()
	defer r.world.mu.Unlock()
	a := &Aggregator{world: r.world}
	if r.aggregators == nil {
		r.aggregators = map[string]*Aggregator{}
	}
	r.aggregators[name] = a
	return a
}

// Record adds an item, with the columns that a query can select.
func (a *Aggregator) Record(item Object) {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	a.items = append(a.items, item)
}

// Stale says that the aggregator could not read an account's Region.
func (a *Aggregator) Stale(account, region, code, message string) {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	a.stale = append(a.stale, Object{
		"SourceId": account, "SourceType": "ACCOUNT", "AwsRegion": region, "LastUpdateStatus": "FAILED",
		"LastErrorCode": code, "LastErrorMessage": message,
	})
}

func (q *request) aggregator(name string) (*Aggregator, *failure) {
	if a := q.region.aggregators[name]; a != nil {
		return a, nil
	}
	return nil, &failure{http.StatusBadRequest, "NoSuchConfigurationAggregatorException", "The configuration aggregator does not exist."}
}

var query = regexp.MustCompile(`^SELECT ([\w., ]+) WHERE resourceType = '([\w:]+)'$`)

// selectAggregateResourceConfig knows queries of one form.
func selectAggregateResourceConfig(_ *Server, q *request) (any, *failure) {
	var in struct {
		ConfigurationAggregatorName, Expression, NextToken string
		Limit                                              int
	}
	if err := q.read(&in); err != nil {
		return nil, err
	}
	a, err := q.aggregator(in.ConfigurationAggregatorName)
	if err != nil {
		return nil, err
	}
	m := query.FindStringSubmatch(in.Expression)
	if m == nil {
		return nil, &failure{http.StatusBadRequest, "InvalidExpressionException", "The syntax of the query is incorrect."}
	}
	rows, fields := []string{}, []Object{}
	for column := range strings.SplitSeq(m[1], ", ") {
		fields = append(fields, Object{"Name": column})
	}
	for _, item := range a.items {
		if item["resourceType"] != m[2] {
			continue
		}
		row := Object{}
		for _, f := range fields {
			name := f["Name"].(string)
			if v, ok := item[name]; ok {
				row[name] = v
			}
		}
		text, bad := json.Marshal(row)
		if bad != nil {
			return nil, &failure{http.StatusInternalServerError, "InternalFailure", bad.Error()}
		}
		rows = append(rows, string(text))
	}
	limit := &in.Limit
	if in.Limit == 0 {
		limit = nil
	}
	rows, next, err := page(paged{limit, in.NextToken}, fmt.Sprint(q.Action, in.Expression), 25, 100, rows)
	if err != nil {
		err.code = "InvalidLimitException"
		return nil, err
	}
	out := Object{"Results": rows, "QueryInfo": Object{"SelectFields": fields}}
	if next != "" {
		out["NextToken"] = next
	}
	return out, nil
}

func describeAggregatorSources(_ *Server, q *request) (any, *failure) {
	var in struct{ ConfigurationAggregatorName string }
	if err := q.read(&in); err != nil {
		return nil, err
	}
	a, err := q.aggregator(in.ConfigurationAggregatorName)
	if err != nil {
		return nil, err
	}
	return Object{"AggregatedSourceStatusList": append([]Object{}, a.stale...)}, nil
}
