package live

import (
	"context"
	"fmt"
	"io"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/ecsentry/ecsentry/value"
)

// maxAnswer bounds the bytes of one answer; the largest real ones are far below.
const maxAnswer = 32 << 20

// tap is the SDK's protocol, except that the body of a good answer goes to the
// parser of this package. The SDK takes an empty body for an empty answer, so
// that a list cut off before its first byte would be a list of nothing; here it
// is an error like any other broken answer.
type tap struct{ smithyhttp.ClientProtocol }

type answerKey struct{}

// DeserializeResponse is called by the SDK for each response.
func (t tap) DeserializeResponse(ctx context.Context, op *smithy.OperationSchema, types *smithy.TypeRegistry,
	resp *smithyhttp.Response, out smithy.Deserializable,
) error {
	into, wanted := ctx.Value(answerKey{}).(**node)
	if !wanted || resp.StatusCode < 200 || resp.StatusCode >= 300 {
		return t.ClientProtocol.DeserializeResponse(ctx, op, types, resp, out)
	}
	n, err := parse(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	*into = n
	return nil
}

// ask makes one call with the SDK and returns its answer. The properties named
// must be there, as lists or objects.
func ask[In, Out, Opt any](ctx context.Context, op func(context.Context, *In, ...Opt) (*Out, error), in *In, must ...string) (*node, error) {
	var n *node
	if _, err := op(context.WithValue(ctx, answerKey{}, &n), in); err != nil {
		return nil, err
	}
	for _, name := range must {
		if k := n.field(name).kind; k != value.Sequence && k != value.Object {
			return nil, errMalformed
		}
	}
	return n, nil
}
