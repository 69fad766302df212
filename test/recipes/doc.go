// Package recipes runs the pipes of docs/recipes.md as they are written. The tools
// that render are stand-ins, which print what testdata/recipes.txtar holds for
// their command line: in the form that the tools have, with their metadata.
package recipes
