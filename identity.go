package ecsentry

import (
	"crypto/sha1" //nolint:gosec // name-based UUIDs are defined with SHA-1 (RFC 9562, 5.5); nothing is kept secret by it
	"encoding/hex"
	"strconv"
	"strings"
)

// findingNamespace is the namespace of finding IDs. It never changes, or every
// finding would be new.
const findingNamespace = "\x1d\x6e\x0b\x34\x5f\xa2\x4c\x8e\x9b\x71\x52\x0d\x7c\xe3\x4a\x16"

// FindingID is a name-based UUID of what a finding is about: partition, account,
// Region, control and resource; for what stands in a file also the file, and
// which resource with that ID in it. It depends neither on lines nor on time.
func FindingID(c *Control, id *Identity) string {
	parts := []string{id.Partition, id.Account, id.Region, c.ID, string(id.Type), id.ID}
	if file := id.File(); file != "" {
		parts = append(parts, file, strconv.Itoa(id.Ordinal))
	}
	h := sha1.New() //nolint:gosec // see the import
	h.Write([]byte(findingNamespace))
	h.Write([]byte(strings.Join(parts, "\x00")))
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	s := hex.EncodeToString(u)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
