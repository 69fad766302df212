package live

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// packed is an HTTP client that sends each request in one piece, header and body
// together. The SDK's own bodies are unknown to net/http, which then sends the
// header ahead; and the SDK closes them when an answer begins, which ends the
// connection if the answer is so fast that net/http has not yet looked for the
// body's end.
type packed struct{ aws.HTTPClient }

// Do makes a call.
func (p packed) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		return p.HTTPClient.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	out := r.WithContext(r.Context()) // a copy; the SDK closes the body of its own
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	out.Body, _ = out.GetBody()
	return p.HTTPClient.Do(out)
}
