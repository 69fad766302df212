// Package files reads the files that a user names: it walks folders, reads and
// parses files concurrently, tells each document's form by its content and hands
// it to the [Format] that knows the form.
//
// A file that a folder happens to hold is not one that the user named. The
// latter must be readable as ours, or the run is refused; the former may be
// anything, and only what looks like ours and cannot be read is a gap.
//
// Memory is bounded: a few files are in work at a time, and the resources of a
// file wait only until those of the files before it were taken. What comes out
// is in the order of the paths, whatever the order in which files were read; but
// pipes, which may never come, hold back nothing else.
//
// Files: format.go and folder.go what a form must do, source.go and pipeline.go
// the run, work.go one file of it, walk.go, skip.go, exclusion.go, index.go,
// glob.go, disk.go and overlay.go the folders, inside.go files that an input
// asks for, read.go one file, stdin.go the standard input and pipes, stream.go
// files that are read as streams, gzip.go compressed ones, claim.go files that
// belong to others, elsewhere.go what to do about files of other tools;
// reason.go errors, tags.go tags and splice.go edits, as several forms have
// them.
package files
