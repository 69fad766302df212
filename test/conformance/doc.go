// Package conformance gives every source the same dozen resources, each in its
// own spelling, and demands equal typed resources of all. What is wanted is
// written in Go, from the meaning of the ECS API, and not taken from any source.
package conformance
