// Package fix tests ecsentry fix as its users have it: what fails in a file, the
// file that is mended, and all that must not change. The archives of testdata were
// written by hand from what the command promises.
package fix
