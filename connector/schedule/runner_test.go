package schedule

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// planning stands in for the program: shard 1 has shard 2 read beside it, each plans a table anew and both the third, and what is joined first
// does not fit together.
const planning = `#!PYTHON
import json, os, subprocess, sys
words = sys.argv[1:]
task = words[words.index("--shard") + 1][0] if "--shard" in words else "join"
run = os.path.join(words[words.index("--to") + 1], ".partial-2")
path, volume = os.path.join(run, "_plan.json"), VOLUME
if task == "0" and not os.path.exists(run):
    os.mkdir(run)
    open(path, "w").write(json.dumps({"Tables": [{"table": t} for t in "abc"]}))
    open(os.path.join(run, "_progress.ndjson"), "w").write("{}\n")
    sys.exit()
with open(path) as file:
    plan = json.load(file)
with open(os.path.join(volume, "seen"), "a") as seen:
    seen.write(task + ": " + " ".join(t["table"] + str(t.get("Anew", 0)) + t.get("by", "") for t in plan["Tables"]) + "\n")
first = all("by" not in t for t in plan["Tables"])
anew = {"1": "ac", "2": "bc", "join": "b"}[task] if first or task == "join" else ""
if task == "1" and first:
    subprocess.run([sys.executable, os.path.join(volume, "script.py"), volume, "sync", "--json", "--shard", "2/2", "--", "prod"], check=True)
for table in plan["Tables"]:
    if table["table"] in anew:
        table.update(Anew=table.get("Anew", 0) + 1, by=task)
with open(path, "w") as file:
    json.dump(plan, file)
sys.exit(74 if task == "join" else 0)
`

// TestNoPlanOfATaskIsLost has two shards plan tables anew at once, and the join have one planned again for the next night.
func TestNoPlanOfATaskIsLost(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("unknown: there is no Python here")
	}
	dir := t.TempDir()
	program := strings.NewReplacer("PYTHON", python, "VOLUME", `"`+dir+`"`).Replace(planning)
	for path, text := range map[string]string{"key.txt": "key", "home/vault/one": "1", "script.py": runner, "draftt-databricks": program} {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	task := func(want int, words ...string) {
		t.Helper()
		run := exec.Command(python, append([]string{filepath.Join(dir, "script.py"), dir, "sync"}, words...)...)
		if out, _ := run.CombinedOutput(); run.ProcessState.ExitCode() != want {
			t.Fatalf("%q ends with %d: %s", words, run.ProcessState.ExitCode(), out)
		}
	}
	task(0, "--json", "--shard", "0/2", "--", "prod")
	task(0, "--json", "--shard", "1/2", "--", "prod")
	task(74, "join", "--json", "--", "prod")
	task(0, "--json", "--shard", "2/2", "--", "prod")
	seen, err := os.ReadFile(filepath.Join(dir, "seen"))
	want := "1: a0 b0 c0\n2: a0 b0 c0\njoin: a11 b12 c11\n2: a11 b2join c11\n"
	if err != nil || string(seen) != want {
		t.Errorf("the plans are\n%s, not\n%s: %v", seen, want, err)
	}
}
