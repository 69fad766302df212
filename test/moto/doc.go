// Package moto scans an AWS account that moto emulates: its tests start the
// emulator, fill it with the real AWS command line, and compare what ecsentry
// says of it over the API, and of the answers that the command line saved.
//
// moto is a second opinion, not the measure: it does not page, it drops capacity
// provider strategies, and asked for a family it describes the highest revision
// even if that is inactive. The server in internal/ecstest behaves like AWS there.
package moto
