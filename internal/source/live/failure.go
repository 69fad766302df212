package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// kind says what a failed call asks for.
type kind uint8

const (
	final     kind = iota // the same call will fail again
	throttled             // slow down and repeat
	passing               // the network, or a fault of the service: try again
)

// kindOf classifies the error of one attempt. What the service did not answer
// with a reason of its own, such as a broken connection or answer, may pass.
func kindOf(err error) kind {
	var hint interface{ RetryableError() bool } // the SDK saw a skewed clock, and has corrected it
	if errors.As(err, &hint) && hint.RetryableError() {
		return passing
	}
	status := statusOf(err)
	if status == http.StatusTooManyRequests {
		return throttled
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		// A whole answer that refuses without a word of the API's comes from a proxy,
		// or from something that is not AWS.
		refused := status >= 400 && status < 500 && status != http.StatusRequestTimeout
		if refused && !errors.Is(err, io.ErrUnexpectedEOF) {
			return final
		}
		return passing
	}
	if _, ok := retry.DefaultThrottleErrorCodes[api.ErrorCode()]; ok {
		return throttled
	}
	if _, ok := retry.DefaultRetryableErrorCodes[api.ErrorCode()]; ok || status >= http.StatusInternalServerError {
		return passing
	}
	return final
}

func statusOf(err error) int {
	var resp *smithyhttp.ResponseError
	if errors.As(err, &resp) {
		return resp.HTTPStatusCode()
	}
	return 0
}

// codeOf is the error code that the service answered with, "" if it did not.
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// exhausted is the error of a call that was tried often enough.
type exhausted struct {
	tries int
	err   error
}

func (e *exhausted) Error() string {
	return fmt.Sprintf("%s (tried %d times)", explain(e.err), e.tries)
}
func (e *exhausted) Unwrap() error { return e.err }

// deadline is why a scan ended that took too long.
type deadline struct{ after time.Duration }

func (d deadline) Error() string { return "the deadline of " + d.after.String() + " passed" }

// ending says why a context has ended.
func ending(ctx context.Context) string {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, context.Canceled):
		return "the scan was interrupted"
	case errors.Is(cause, context.DeadlineExceeded):
		return "the deadline passed"
	default:
		return cause.Error()
	}
}

// explain says in a few words why a call failed. It quotes error codes and
// messages of the service and of the network, never what an answer holds.
func explain(err error) string {
	var (
		tried   *exhausted
		api     smithy.APIError
		network *url.Error
	)
	switch {
	case errors.As(err, &tried):
		return tried.Error()
	case errors.As(err, &api):
		return api.ErrorCode() + ": " + api.ErrorMessage()
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer within " + attemptTimeout.String()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the answer was cut short"
	case statusOf(err) >= http.StatusMultipleChoices:
		return fmt.Sprintf("HTTP status %d", statusOf(err))
	case errors.Is(err, errMalformed):
		return errMalformed.Error()
	case errors.As(err, &network):
		return network.Err.Error()
	default:
		return err.Error()
	}
}
