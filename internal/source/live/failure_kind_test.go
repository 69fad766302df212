package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestKindOf(t *testing.T) {
	answered := func(status int, err error) error {
		return fmt.Errorf("operation error ECS: %w", &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: err,
		})
	}
	api := func(code string) error { return &smithy.GenericAPIError{Code: code, Message: "because"} }
	html := &smithy.DeserializationError{Err: errors.New("invalid character '<'"), Snapshot: []byte("<html>secret")}
	for _, tt := range []struct {
		err  error
		want kind
		text string
	}{
		{answered(400, api("ThrottlingException")), throttled, "ThrottlingException: because"},
		{answered(429, html), throttled, "HTTP status 429"},
		{answered(400, api("AccessDeniedException")), final, "AccessDeniedException: because"},
		{answered(500, api("ServerException")), passing, "ServerException: because"},
		{answered(400, api("RequestTimeoutException")), passing, "RequestTimeoutException: because"},
		{answered(503, html), passing, "HTTP status 503"},
		{answered(404, html), final, "HTTP status 404"},
		{answered(407, html), final, "HTTP status 407"},
		{answered(408, html), passing, "HTTP status 408"},
		{answered(400, &smithy.DeserializationError{Err: io.ErrUnexpectedEOF}), passing, "the answer was cut short"},
		{answered(200, errMalformed), passing, errMalformed.Error()},
		{context.DeadlineExceeded, passing, "no answer within 10s"},
		{errors.New("dial tcp: lookup failed"), passing, "dial tcp: lookup failed"},
		{&exhausted{8, answered(500, api("ServerException"))}, passing, "ServerException: because (tried 8 times)"},
	} {
		if got := kindOf(tt.err); got != tt.want {
			t.Errorf("%v: kind %d, want %d", tt.err, got, tt.want)
		}
		if got := explain(tt.err); got != tt.text {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.text)
		}
	}
}
