package action

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func runnerArch() string {
	if runtime.GOARCH == "arm64" {
		return "ARM64"
	}
	return "X64"
}

// A releases is a server of releases: files by their path.
type releases map[string][]byte

func (r releases) start(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		data, ok := r[q.URL.Path]
		if !ok {
			http.NotFound(w, q)
			return
		}
		w.Write(data)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/releases"
}

// archive is one of a release that says what it is.
func archive(t *testing.T, base, says string) []byte {
	t.Helper()
	script := []byte("#!/bin/sh\necho " + says + "\n")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: base + "/ecsentry", Mode: 0o755, Size: int64(len(script)), Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	w.Write(script)
	w.Close()
	z.Close()
	return b.Bytes()
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func TestInstall(t *testing.T) {
	platform := "linux_" + runtime.GOARCH
	name := "ecsentry_1.2.3_" + platform + ".tar.gz"
	good := archive(t, strings.TrimSuffix(name, ".tar.gz"), "ecsentry v1.2.3")
	list := sum([]byte("x")) + "  ecsentry_1.2.3_darwin_arm64.tar.gz\n" + sum(good) + "  " + name + "\n" + sum([]byte("y")) + "  ecsentry_1.2.3_" + platform + ".deb\n"
	release := func(tag, list string, data []byte) releases {
		at := "/releases/download/" + tag + "/"
		if tag == "latest" {
			at = "/releases/latest/download/"
		}
		return releases{at + "SHA256SUMS": []byte(list), at + name: data}
	}
	for _, tt := range []struct {
		name string
		from releases
		env  map[string]string
		want string // an error; "" if it is installed
	}{
		{"a version", release("v1.2.3", list, good), map[string]string{"INPUT_VERSION": "v1.2.3"}, ""},
		{"a version without v", release("v1.2.3", list, good), map[string]string{"INPUT_VERSION": "1.2.3"}, ""},
		{"the latest", release("latest", list, good), map[string]string{"INPUT_VERSION": "latest"}, ""},
		{"the action's own", release("v1.2.3", list, good), map[string]string{"ACTION_REF": "v1.2.3"}, ""},
		{"of an action that is no release", release("latest", list, good), map[string]string{"ACTION_REF": "main"}, ""},
		{"a known checksum", release("v1.2.3", list, good), map[string]string{"INPUT_VERSION": "v1.2.3", "INPUT_SHA256": sum(good)}, ""},

		{"another checksum than the known one", release("v1.2.3", list, good), map[string]string{"INPUT_VERSION": "v1.2.3", "INPUT_SHA256": sum(nil)}, "not the one of the input"},
		{"an archive that was changed", release("v1.2.3", list, append(bytes.Clone(good), 0)), map[string]string{"INPUT_VERSION": "v1.2.3"}, "the release lists"},
		{"an archive cut short", release("v1.2.3", list, good[:len(good)-1]), map[string]string{"INPUT_VERSION": "v1.2.3"}, "the release lists"},
		{"no such release", release("v1.2.3", list, good), map[string]string{"INPUT_VERSION": "v9.9.9"}, "cannot download"},
		{"no archive for this platform", release("v1.2.3", "", good), map[string]string{"INPUT_VERSION": "v1.2.3"}, "no archive for linux"},
		{"another release's archive", release("v1.2.4", list, good), map[string]string{"INPUT_VERSION": "v1.2.4"}, "lists " + name},
		{"several", release("v1.2.3", list+list, good), map[string]string{"INPUT_VERSION": "v1.2.3"}, "several archives"},
		{"a name that leads elsewhere", release("v1.2.3", sum(good)+"  ../../"+name+"\n", good), map[string]string{"INPUT_VERSION": "v1.2.3"}, "no archive"},
		{"a version that is a command", nil, map[string]string{"INPUT_VERSION": "v1.2.3;touch pwned"}, "version: want"},
		{"a version that is a substitution", nil, map[string]string{"INPUT_VERSION": "$(touch pwned)"}, "version: want"},
		{"a version of two lines", nil, map[string]string{"INPUT_VERSION": "v1.2.3\npath=/bin/sh"}, "version: want"},
		{"a version that leads elsewhere", nil, map[string]string{"INPUT_VERSION": "v1.2.3+../../x"}, "version: want"},
		{"another system", nil, map[string]string{"INPUT_VERSION": "v1.2.3", "RUNNER_OS": "Plan9"}, "no release for Plan9"},
		{"another processor", nil, map[string]string{"INPUT_VERSION": "v1.2.3", "RUNNER_ARCH": "X86"}, "no release for X86"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.env["INPUT_RELEASES"] = tt.from.start(t)
			r := run(t, step{script: "install.sh", env: tt.env})
			if tt.want != "" {
				r.fails(t, tt.want)
				if len(r.outputs) > 0 || r.path != "" {
					t.Errorf("says all the same where it is: %v", r.outputs)
				}
				return
			}
			if r.code != 0 || r.outputs["version"] != "v1.2.3" || filepath.Dir(r.outputs["path"]) != r.path || !strings.Contains(r.log, "ecsentry v1.2.3") {
				t.Errorf("exit code %d, %v, %q\n%s", r.code, r.outputs, r.path, r.log)
			}
			if info, err := os.Stat(r.outputs["path"]); err != nil || info.Mode()&0o100 == 0 {
				t.Errorf("no program: %v %v", info, err)
			}
		})
	}
	t.Run("releases without encryption", func(t *testing.T) {
		run(t, step{script: "install.sh", env: map[string]string{"INPUT_VERSION": "v1.2.3", "INPUT_RELEASES": "http://192.0.2.1/x"}}).fails(t, "https")
		run(t, step{script: "install.sh", env: map[string]string{"INPUT_VERSION": "v1.2.3", "INPUT_RELEASES": "file:///etc"}}).fails(t, "https")
	})
}
