// Package ecsentry is the domain of ecsentry: security controls for Amazon ECS
// and what comes of judging resources by them. It does no I/O and uses the
// standard library only, so that it can be embedded.
//
// A [Source] yields resources. A [Control] is data plus one pure function that
// turns a resource into a [Verdict]. [Judge] applies one to the other, over all
// the variants of a resource whose input leaves choices open. A [Finding] is a
// verdict with its identity; a [Report] is what a run found and, as important,
// what it could not read.
package ecsentry
