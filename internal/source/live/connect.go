package live

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/account"
	"github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
)

// ErrNoCredentials is in the error of a scan that found no credentials, or none
// that AWS accepts.
var ErrNoCredentials = errors.New("no AWS credentials that can be used: set AWS_PROFILE or --profile, or log in with `aws sso login`")

// load reads the SDK's configuration: environment, shared files, and what the
// machine offers. The credential providers keep the SDK's retries; the calls of
// this package are repeated by it alone.
func load(ctx context.Context, c Config) (aws.Config, error) {
	client := awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConnsPerHost = maxInFlight // the SDK keeps 10, and would reconnect all the time
	})
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(client),
		config.WithLogger(logging.Nop{}),
	}
	if c.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(c.Profile))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return cfg, fmt.Errorf("load the AWS configuration: %w", err)
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return cfg, fmt.Errorf("%w (%w)", ErrNoCredentials, err)
	}
	return cfg, nil
}

// identify asks whose credentials these are. It is needed for the names of what
// cannot be read; a network that does not reach AWS STS must not end the scan.
func (s *scan) identify(ctx context.Context, cfg aws.Config) error {
	cfg.Region = homeRegion(cfg, s.config.Regions)
	client := sts.NewFromConfig(cfg, func(o *sts.Options) {
		o.Retryer = aws.NopRetryer{}
		o.HTTPClient = packed{o.HTTPClient}
	})
	c := s.caller
	c.tries = 3
	err := c.do(ctx, newLimiter(), func(ctx context.Context) error {
		who, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err == nil {
			partition, _, _ := strings.Cut(strings.TrimPrefix(aws.ToString(who.Arn), "arn:"), ":")
			s.learn(aws.ToString(who.Account), partition)
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case rejected(err):
		return fmt.Errorf("ask whose credentials these are: %w (%s)", ErrNoCredentials, explain(err))
	default:
		return nil
	}
}

// rejected tells whether AWS does not accept the credentials.
func rejected(err error) bool {
	switch codeOf(err) {
	case "InvalidClientTokenId", "UnrecognizedClientException", "ExpiredToken", "ExpiredTokenException",
		"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "AuthFailure",
		"MissingAuthenticationToken", "MissingAuthenticationTokenException":
		return true
	default:
		return false
	}
}

// homeRegion is where to ask what does not depend on a Region.
func homeRegion(cfg aws.Config, named []string) string {
	for _, name := range append([]string{cfg.Region}, named...) {
		if name != "" && name != AllRegions {
			return name
		}
	}
	return "us-east-1"
}

// regions are the Regions to read, each once.
func (s *scan) regions(ctx context.Context, cfg aws.Config) ([]string, error) {
	var out []string
	add := func(names ...string) {
		for _, name := range names {
			if name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	if len(s.config.Regions) == 0 {
		add(cfg.Region)
	}
	for _, name := range s.config.Regions {
		if name != AllRegions {
			add(name)
			continue
		}
		enabled, err := s.enabledRegions(ctx, cfg)
		add(enabled...)
		if err != nil {
			s.fail(ctx, "account:ListRegions"+s.where(""), "account:ListRegions", err)
			add(cfg.Region) // better one Region than none
		}
	}
	if len(out) == 0 {
		if len(s.gaps) > 0 {
			return nil, fmt.Errorf("list the enabled Regions: %s; name the Regions with --region", s.gaps[0].Reason)
		}
		return nil, errors.New("no AWS Region is configured: name one with --region, or `--region all`")
	}
	return out, nil
}

func (s *scan) enabledRegions(ctx context.Context, cfg aws.Config) ([]string, error) {
	cfg.Region = homeRegion(cfg, s.config.Regions)
	client := account.NewFromConfig(cfg, func(o *account.Options) {
		o.Retryer = aws.NopRetryer{}
		o.HTTPClient = packed{o.HTTPClient}
	})
	limit := newLimiter()
	in := &account.ListRegionsInput{
		MaxResults:              aws.Int32(50),
		RegionOptStatusContains: []types.RegionOptStatus{types.RegionOptStatusEnabled, types.RegionOptStatusEnabledByDefault},
	}
	var out []string
	for {
		var page *account.ListRegionsOutput
		err := s.caller.do(ctx, limit, func(ctx context.Context) (err error) {
			page, err = client.ListRegions(ctx, in)
			return err
		})
		if err != nil {
			return out, err
		}
		for _, r := range page.Regions {
			out = append(out, aws.ToString(r.RegionName))
		}
		if aws.ToString(page.NextToken) == "" {
			return out, nil
		}
		in.NextToken = page.NextToken
	}
}
