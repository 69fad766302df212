// Package action tests the scripts of the GitHub Action in action/ with a real bash,
// against a release server on the loopback interface and a gh that answers from a
// file; and the problem matcher over what ecsentry really prints.
package action
