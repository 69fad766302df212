// Package ecstest is a test double for the Amazon ECS API: an HTTP server on the
// loopback interface, or in memory, that the real AWS SDK talks to. It also
// answers sts:GetCallerIdentity, account:ListRegions and the queries of an AWS
// Config aggregator, because AWS_ENDPOINT_URL sends every service to one address.
//
// It behaves as the service does where a client could go wrong: page and batch
// sizes with their odd defaults, opaque page tokens, fields that are returned
// only when asked for, resources that are missing. It fails as the service does,
// when told to: throttling by token buckets, refusals, server errors, reset
// connections, answers cut short, resources that vanish after they were listed.
// And it records every call, so that tests can tell what a client asked for, how
// often, and how much of it at once.
//
// The account of a call is read from the access key that signed it and the Region
// from the signature's scope; signatures themselves are not checked.
//
// The package is for tests and benchmarks only.
package ecstest
