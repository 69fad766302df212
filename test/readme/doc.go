// Package readme keeps README.md true: its sample is what the program prints,
// its commands run, and its flags exist; and docs/inputs: its examples are judged
// as they say.
package readme
