// Package worldstest tests what open choices of a template do to verdicts.
//
// It makes random templates, asks the real source, engine and controls for
// their verdicts, and compares each with brute force: every assignment of values
// to what is open, resolved by a second, naive evaluator into plain maps, judged
// by naive two-valued controls, and joined. Nothing here is shared with what is
// tested; the naive side is written from the controls' text.
//
// Files: tree_test.go templates as trees, gen*_test.go the random ones,
// json_test.go and yaml_test.go their texts, naive*_test.go the evaluator,
// controls_test.go the controls, terms_test.go and domain_test.go what is open
// and which values can matter, oracle_test.go the brute force, compare_test.go
// what counts as a mismatch, shrink_test.go smaller templates that show the
// same, worlds_test.go and nested_test.go the properties, run_test.go what is
// tested.
//
// WORLDSTEST_SEED and WORLDSTEST_COUNT choose other and more templates.
package worldstest
