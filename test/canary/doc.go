// Package canary proves that no secret of an input comes out again. Its tests
// put a mark wherever people keep secrets in task definitions, services,
// clusters and templates, good and broken ones, run the built program on them in
// every way, and look for the mark in all that it says.
package canary
