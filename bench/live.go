package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

const (
	liveRounds   = 5
	liveLatency  = 20 * time.Millisecond
	liveMemory   = 64 // MB
	liveInFlight = 64

	bucketRate, bucketBurst = 20, 40

	account, region = "111122223333", "eu-west-1"
)

// A scanOfAccount is what a scan of the test server's account did.
type scanOfAccount struct {
	sample
	calls, throttled, repeated, inFlight int
	lost                                 error // nil if all is in the report
}

// scanAccount runs a scan of the large fleet. The test server is in this process,
// the scan in another.
func scanAccount(ctx context.Context, l *lab, s *ecstest.Server, timeout time.Duration) (scanOfAccount, error) {
	s.Forget()
	out := filepath.Join(l.dir, "live.json")
	defer os.Remove(out) //nolint:errcheck // the lab's folder goes at the end
	c := l.command(out, []string{
		"AWS_ENDPOINT_URL=" + s.URL, "AWS_REGION=" + region,
		"AWS_ACCESS_KEY_ID=" + ecstest.AccessKey(account), "AWS_SECRET_ACCESS_KEY=secret",
	}, l.ecsentry, "scan", "--aws", "--format", "json")
	samples, err := l.run(ctx, job{Commands: []command{c}, Rounds: 1, Timeout: timeout})
	if err != nil {
		return scanOfAccount{}, err
	}
	f := ecstest.Large()
	active := f.Families - f.Inactive
	return scanOfAccount{
		lost:   check(out, f.Clusters+f.Services+active, f.Clusters+2*f.Services+6*active),
		sample: samples[0][0], calls: len(s.Calls()), throttled: s.Count("", ecstest.Throttled),
		repeated: len(s.Repeated()), inFlight: s.MaxInFlight(),
	}, nil
}

func serve() *ecstest.Server {
	w := &ecstest.World{}
	ecstest.Large().Build(w.Region(account, region))
	s := ecstest.Start(w)
	s.Latency(liveLatency)
	return s
}

// live measures a scan of the large fleet.
func live(ctx context.Context, l *lab) ([]row, error) {
	s := serve()
	defer s.Close()
	var samples []sample
	var worst scanOfAccount
	for range liveRounds {
		one, err := scanAccount(ctx, l, s, time.Minute)
		if err != nil {
			return nil, err
		}
		if one.lost != nil {
			return nil, one.lost
		}
		samples = append(samples, one.sample)
		worst.calls = max(worst.calls, one.calls)
		worst.repeated = max(worst.repeated, one.repeated)
		worst.inFlight = max(worst.inFlight, one.inFlight)
	}
	least := ecstest.Large().Calls()
	mostCalls := least + least/100
	allowed := 2 * time.Duration(worst.calls) * liveLatency / 32
	took := shortest(samples)
	every := fmt.Sprintf("the most of %d runs", liveRounds)
	return []row{
		{
			figure: "live: calls", target: fmt.Sprintf("≤ %d (%d and 1 %%)", mostCalls, least),
			measured: fmt.Sprint(worst.calls), met: worst.calls <= mostCalls, note: every + ", with the one that asks for the account",
		},
		{
			figure: "live: successful calls repeated", target: "0",
			measured: fmt.Sprint(worst.repeated), met: worst.repeated == 0, note: every,
		},
		{
			figure: "live: calls in flight", target: fmt.Sprintf("≤ %d", liveInFlight),
			measured: fmt.Sprint(worst.inFlight), met: worst.inFlight <= liveInFlight, note: every,
		},
		{
			figure: "live: time", target: "≤ " + seconds(allowed) + " (2 × calls × 20 ms ÷ 32)",
			measured: seconds(took), met: took <= allowed, disturbed: disturbed(samples),
			note: fmt.Sprintf("process from start to exit, the shortest of %d runs (median %s; processor time %s); the test server has the same cores",
				liveRounds, seconds(median(samples)), seconds(leastCPU(samples))),
		},
		memory("live: peak memory", samples, liveMemory),
	}, nil
}

// throttled measures the same scan where each action has a bucket of tokens.
func throttled(ctx context.Context, l *lab) ([]row, error) {
	s := serve()
	defer s.Close()
	s.Throttle(ecstest.PerAction(bucketRate, bucketBurst))
	one, err := scanAccount(ctx, l, s, 5*time.Minute)
	if err != nil {
		return nil, err
	}
	f := ecstest.Large()
	bucket := time.Duration(f.Families-f.Inactive-bucketBurst) * time.Second / bucketRate
	allowed := bucket * 5 / 4
	lost := row{
		figure: "throttled: lost", target: "nothing", measured: "nothing", met: true,
		note: fmt.Sprintf("all %d resources are in the report, and no gap", f.Clusters+f.Services+f.Families-f.Inactive),
	}
	if one.lost != nil {
		lost.measured, lost.met, lost.note = "something", false, one.lost.Error()
	}
	return []row{
		lost,
		{
			figure: "throttled: calls refused", target: "≤ 10 %",
			measured: fmt.Sprintf("%.1f %%", 100*float64(one.throttled)/float64(one.calls)), met: one.throttled*10 <= one.calls,
			note: fmt.Sprintf("%d of %d calls, %d successful ones repeated", one.throttled, one.calls, one.repeated),
		},
		{
			figure: "throttled: time", target: "≤ " + seconds(allowed) + " (1.25 × what the bucket allows)",
			measured: seconds(one.Wall), met: one.Wall <= allowed,
			note: fmt.Sprintf("%.2f × the %s in which 20 calls a second after 40 at once describe 1,900 families", one.Wall.Seconds()/bucket.Seconds(), seconds(bucket)),
		},
		memory("throttled: peak memory", []sample{one.sample}, liveMemory),
	}, nil
}
