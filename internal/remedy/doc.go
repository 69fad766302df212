// Package remedy plans how failures are mended and proves the plan.
//
// A control says what to change, in the ECS API's names; the source of a text says
// which bytes that takes. This package puts the two together: it asks for what
// nobody may invent, joins the changes of a run, judges the changed texts again,
// and takes back what does not mend, or makes anything else worse. What is left
// is a step for a person, with the reason.
//
// It never writes by itself: a [Plan] has the texts before and after, [Diff] shows
// them, and [Write] puts one in place.
//
// Files: plan.go the run, round.go one round of changes, work.go who makes them, answer.go what an edit
// asks for, compare.go what may not happen, blame.go what led to it, splice.go the
// bytes, elsewhere.go what is mended in another place, pieces.go what has changed,
// hunks.go, conceal.go and diff.go what people see, write.go, owner_unix.go and
// owner_other.go the files.
package remedy
