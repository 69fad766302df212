// Package contract checks that the JSON report of the built program keeps what
// is promised to users' scripts: its schema, and the rules that a schema cannot
// say.
package contract
