package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// An inventory in the form of CycloneDX 1.6, as far as a Go binary has something
// to say.
type bom struct {
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Serial       string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     bomMetadata  `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type bomMetadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Ref        string     `json:"bom-ref"`
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Licenses   []any      `json:"licenses,omitempty"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// sbom lists what a binary was made of, as the Go command wrote it into it: the
// modules that are linked in, not those that go.mod names for tests.
func (r *Release) sbom(p Platform, binary []byte) ([]byte, error) {
	info, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		return nil, fmt.Errorf("read what the binary for %s was made of: %w", p, err)
	}
	sum := sha256.Sum256(binary)
	main := component{
		Type: "application", Name: module, Version: r.Version,
		Ref: purl(module, r.Version), PURL: purl(module, r.Version) + "?goos=" + p.OS + "&goarch=" + p.Arch,
		Hashes:   []hash{{"SHA-256", hex.EncodeToString(sum[:])}},
		Licenses: []any{map[string]any{"license": map[string]string{"id": "Apache-2.0"}}},
		Properties: []property{
			{"ecsentry:commit", r.Commit}, {"ecsentry:binary", program(p)},
		},
	}
	b := bom{
		Format: "CycloneDX", Spec: "1.6", Serial: serial(sum), Version: 1,
		Metadata: bomMetadata{r.Time.Format(time.RFC3339), main},
	}
	toolchain, _, _ := strings.Cut(info.GoVersion, " ")
	standard := strings.TrimPrefix(toolchain, "go")
	b.Components = append(b.Components, component{
		Type: "library", Name: "std", Version: toolchain, Ref: purl("std", standard), PURL: purl("std", standard),
	})
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		b.Components = append(b.Components, component{
			Type: "library", Name: d.Path, Version: d.Version, Ref: purl(d.Path, d.Version), PURL: purl(d.Path, d.Version),
			Properties: []property{{"ecsentry:go.sum", d.Sum}},
		})
	}
	all := dependency{Ref: main.Ref}
	for _, c := range b.Components {
		all.DependsOn = append(all.DependsOn, c.Ref)
	}
	b.Dependencies = []dependency{all}
	out, err := json.MarshalIndent(b, "", "  ")
	return append(out, '\n'), err
}

// purl is a package URL. A version may have a +, which has a meaning in URLs.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}

// serial names the inventory after the binary, in the form of a UUID of version 8.
func serial(sum [sha256.Size]byte) string {
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	h := hex.EncodeToString(id)
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
