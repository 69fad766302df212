package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// machine says where and when the figures were measured.
func machine() string {
	return fmt.Sprintf("%s, on %s (%s), %d cores, %s/%s.\n",
		now().UTC().Format("2006-01-02"), processor(), runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}

// processor is the model of the processor, where the system tells.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "an unnamed processor"
	}
	for line := range strings.Lines(string(text)) {
		key, model, _ := strings.Cut(line, ":")
		if strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "an unnamed processor"
}

// tick is the unit of the times in /proc/stat.
const tick = time.Second / 100

// busyTime is for how long the cores have been busy since the machine started, all
// of them together, or held back by a hypervisor; 0 where the system does not tell.
func busyTime() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	columns := strings.Fields(line) // cpu user nice system idle iowait irq softirq steal ...
	var ticks int64
	for i, c := range columns {
		if i >= 1 && i <= 8 && i != 4 && i != 5 {
			n, err := strconv.ParseInt(c, 10, 64)
			if err != nil {
				return 0
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * tick
}
