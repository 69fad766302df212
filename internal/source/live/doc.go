// Package live is the source that reads Amazon ECS through its API, in the
// Regions of the account that the AWS credentials are for.
//
// It makes as few calls as the API allows: lists and descriptions in the largest
// pages and batches there are, each task definition family once, nothing twice.
// Calls of all Regions share one bound on how many are in flight. The service
// throttles by token buckets, one per account, Region and category of actions, so
// there is one limiter for each of those: it lets everything pass until the first
// refusal, then keeps to a rate that it cuts on each further refusal and raises in
// between. A throttled call is repeated until the scan's deadline; a call that
// failed for another passing reason is tried a few times more.
//
// Answers are decoded from their bytes, not from the SDK's structs: what is
// absent stays absent, and environment values, which no control reads, are passed
// over in the stream and never become a string.
//
// Nothing that fails ends a scan. What was listed and could not be read, and each
// list that was refused, is a gap in the coverage, and so is an interruption or a
// passed deadline. Task definitions and clusters are yielded as they arrive,
// services at the end of their Region: then it is known which of them run another
// revision than their family's latest active one, and a link to what could not be
// read says so. Other links are left to who collects.
package live
