// Package precommit runs the hooks of .pre-commit-hooks.yaml with the real
// pre-commit, in a git repository that was made for the test. The hooks come from a
// repository with the tree as it is, and are built from Go's caches: nothing is
// fetched.
package precommit
