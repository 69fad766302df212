// Package offline proves that a scan of files needs no network and asks for
// none: its tests run the built program under strace, and in a network namespace
// without interfaces.
package offline
