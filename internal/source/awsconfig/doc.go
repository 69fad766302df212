// Package awsconfig reads what AWS Config records of Amazon ECS: configuration
// items as they are delivered to S3 (snapshots and history files) and to SNS, and
// the answers of get-resource-config-history, batch-get-resource-config and
// select-resource-config.
//
// An item is a resource at a point in time. Many items of one resource may be in
// many files; each becomes an [ecsentry.Resource] with its [ecsentry.State], and
// who collects them keeps the latest.
//
// The names of properties are those of CloudFormation for some types and of the
// ECS API with a capital for others, so they are matched without regard to case.
// What AWS Config records is what is there: a property that an item does not have
// is absent. What a query did not select is unknown.
//
// Snapshots are large, often on a single line. They are read as a stream: an item
// that is not of Amazon ECS is passed over without being parsed, and of one that
// is nothing stays but the resource, whose places know their lines by themselves.
//
// Files: format.go the form, stream.go, window.go and scan.go streams, sift.go
// what a document holds, item.go one item, row.go a row of a query, state.go
// when it counts, node.go and query.go its properties, text.go positions.
package awsconfig
