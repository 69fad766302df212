package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	snapshotRounds  = 3
	snapshotMost    = 8 // rounds on a busy machine
	snapshotWait    = 30 * time.Second
	snapshotTimeout = 60 * time.Second
	snapshotSource  = 0.6 // of the time that decoding with encoding/json takes
	snapshotWhole   = 1.2
	snapshotMemory  = 128 // MB
)

// snapshot measures a large snapshot of AWS Config, plain and compressed, against
// decoding the same file with encoding/json.
func snapshot(ctx context.Context, l *lab) ([]row, error) {
	plain, packed := filepath.Join(l.dir, "snapshot.json"), filepath.Join(l.dir, "snapshot.json.gz")
	if err := writeSnapshot(plain, packed); err != nil {
		return nil, err
	}
	defer os.Remove(plain)  //nolint:errcheck // the lab's folder goes at the end
	defer os.Remove(packed) //nolint:errcheck // as above
	cores := []string{"GOMAXPROCS=2"}
	out := []string{filepath.Join(l.dir, "report.json"), filepath.Join(l.dir, "report.gz.json")}
	samples, err := l.run(ctx, job{Commands: []command{
		l.command("", cores, l.self, decodeCommand, plain),
		l.command("", cores, l.self, judgeCommand, plain),
		l.command(out[0], cores, l.ecsentry, "scan", "--format", "json", plain),
		l.command("", cores, l.self, decodeCommand, packed),
		l.command(out[1], cores, l.ecsentry, "scan", "--format", "json", packed),
	}, Rounds: snapshotRounds, Most: snapshotMost, Wait: snapshotWait, Timeout: snapshotTimeout})
	if err != nil {
		return nil, err
	}
	for _, name := range out {
		if err := check(name, snapshotTasks, snapshotFindings); err != nil {
			return nil, err
		}
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	var took [3]time.Duration // of decoding, of the source and the controls, of decoding what is compressed
	for i, command := range []int{0, 1, 3} {
		if took[i], err = parsed(samples[command]); err != nil {
			return nil, err
		}
	}
	busy := disturbed(samples[0])
	return []row{
		{
			figure: "200 MB of AWS Config: source and controls alone", target: fmt.Sprintf("≤ %.1f × encoding/json", snapshotSource),
			measured: fmt.Sprintf("%.2f ×", ratio(took[1], took[0])), met: ratio(took[1], took[0]) <= snapshotSource, disturbed: busy || disturbed(samples[1]),
			note: fmt.Sprintf("%s against %s, the shortest of %s, in turns", seconds(took[1]), seconds(took[0]), runs(samples[1])),
		},
		whole("200 MB of AWS Config, json report of 240,000 findings", samples[2], took[0], busy),
		memory("200 MB of AWS Config: peak memory", samples[2], snapshotMemory),
		whole("the same compressed", samples[4], took[2], disturbed(samples[3])),
		memory("the same compressed: peak memory", samples[4], snapshotMemory),
	}, nil
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// whole is the row of a whole command, from its start to its end.
func whole(figure string, samples []sample, decoding time.Duration, busy bool) row {
	took := shortest(samples)
	return row{
		figure: figure + ": time", target: fmt.Sprintf("≤ %.1f × encoding/json", snapshotWhole),
		measured: fmt.Sprintf("%.2f ×", ratio(took, decoding)), met: ratio(took, decoding) <= snapshotWhole, disturbed: busy || disturbed(samples),
		note: fmt.Sprintf("%s against %s, the shortest of %s, in turns (median %s; processor time %s)", seconds(took), seconds(decoding),
			runs(samples), seconds(median(samples)), seconds(leastCPU(samples))),
	}
}
