package ecsentry

import (
	"crypto/sha1" //nolint:gosec // name-based UUIDs are defined with SHA-1 (RFC 9562, 5.5); nothing is kept secret by it
	"encoding/hex"
	"strconv"
)

// findingNamespace is the namespace of finding IDs. It never changes, or every
// finding would be new.
const findingNamespace = "\x1d\x6e\x0b\x34\x5f\xa2\x4c\x8e\x9b\x71\x52\x0d\x7c\xe3\x4a\x16"

// FindingID is a name-based UUID of what a finding is about: partition, account,
// Region, control and resource; for what stands in a file also the file, and
// which resource with that ID in it. It depends neither on lines nor on time.
func FindingID(c *Control, id *Identity) string {
	about := append(make([]byte, 0, 512), findingNamespace+id.Partition...)
	for _, part := range []string{id.Account, id.Region, c.ID, string(id.Type), id.ID} {
		about = append(append(about, 0), part...)
	}
	if file := id.File(); file != "" {
		about = append(append(about, 0), file...)
		about = strconv.AppendInt(append(about, 0), int64(id.Ordinal), 10)
	}
	u := sha1.Sum(about) //nolint:gosec // see the import
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	var s [36]byte
	at := 0
	for _, group := range [][]byte{u[:4], u[4:6], u[6:8], u[8:10], u[10:16]} {
		at += hex.Encode(s[at:], group)
		if at < len(s) {
			s[at] = '-'
			at++
		}
	}
	return string(s[:])
}
