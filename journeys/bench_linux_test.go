package journeys

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// The figures of the whole program, as a person has them: from pressing Enter in a shell. They are reported, never asserted.

func BenchmarkVersion(b *testing.B) {
	inTurns(b, func(program string) time.Duration {
		began := time.Now()
		if err := exec.Command(program, "version").Run(); err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	})
}

// The first frame is complete when its last line, the keys, was written.
func BenchmarkFirstFrame(b *testing.B) {
	for _, command := range []string{"demo", "demo --scenario first-time", "setup"} {
		b.Run(strings.Fields(command)[len(strings.Fields(command))-1], func(b *testing.B) {
			inTurns(b, func(program string) time.Duration { return firstFrame(b, program, command) })
		})
	}
}

func firstFrame(b *testing.B, program, command string) time.Duration {
	b.Helper()
	dir := b.TempDir()
	cmd := exec.Command(program, strings.Fields(command)...)
	cmd.Env = []string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "TMPDIR=" + dir}
	began := time.Now()
	terminal, err := startOnPTY(cmd)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = terminal.Close()
	}()
	var written []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := terminal.Read(buf)
		if err != nil {
			b.Fatalf("the program ended before its first frame: %v\n%s", err, ansi.Strip(string(written)))
		}
		written = append(written, buf[:n]...)
		text := ansi.Strip(string(written))
		if strings.Contains(text, "What would you like to see?") && strings.Contains(text, "enter begin") ||
			strings.Contains(text, "Connect to your workspace") && strings.Contains(text, "esc quit") || // the demo is filled in already
			strings.Contains(text, "Before you begin") && strings.Contains(text, "enter go on") {
			return time.Since(began)
		}
	}
}

func BenchmarkBinarySize(b *testing.B) {
	info, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}

// beside names an older binary to measure in turns with this one, so that both meet the same machine.
var beside = os.Getenv("JOURNEY_BESIDE")

// inTurns gives the median in milliseconds in place of the mean, which a single slow start would move; and that of the binary beside it.
func inTurns(b *testing.B, measure func(program string) time.Duration) {
	b.Helper()
	var took, other []time.Duration
	for b.Loop() {
		took = append(took, measure(program))
		if beside != "" {
			other = append(other, measure(beside))
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(took), "ms")
	if beside != "" {
		b.ReportMetric(median(other), "ms-beside")
	}
}

func median(took []time.Duration) float64 {
	slices.Sort(took)
	return float64(took[len(took)/2].Microseconds()) / 1000
}
