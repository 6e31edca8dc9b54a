package schedule

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/service/jobs"
)

func TestAJobIsOneOfDatabricks(t *testing.T) {
	for _, name := range hostile {
		files := define(t, DatabricksJob, spec(name))
		var raw map[string]any
		var job jobs.CreateJob
		if err := errors.Join(json.Unmarshal([]byte(files[0].Text), &raw), json.Unmarshal([]byte(files[0].Text), &job)); err != nil {
			t.Fatal(err)
		}
		// The SDK decodes what it does not know into nothing, so what it writes again must be the same.
		again, err := json.Marshal(job)
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]any
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatal(err)
		}
		one, _ := json.Marshal(raw)
		two, _ := json.Marshal(back)
		if string(one) != string(two) {
			t.Errorf("the SDK makes of\n%s\n%s", one, two)
		}
		if got, want := job.Tasks[0].SparkPythonTask.Parameters, []string{volume, "sync", "--json", "--start", "--", name}; !slices.Equal(got, want) {
			t.Errorf("%q calls %q, not %q", name, got, want)
		}
		if job.Schedule.QuartzCronExpression != "0 5 2 * * ?" || job.TimeoutSeconds < 4*6*60*60 || job.Tasks[0].TimeoutSeconds != 6*60*60 || job.Tasks[0].MaxRetries != 3 {
			t.Errorf("%q is %+v", name, job)
		}
	}
}

// TestTheScriptOfAJobCopiesWholeRuns runs it, with a program in the place of ours.
func TestTheScriptOfAJobCopiesWholeRuns(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("unknown: there is no Python here")
	}
	dir := t.TempDir()
	put := func(path, text string) {
		t.Helper()
		path = filepath.Join(dir, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	put("key.txt", "key")
	put("home/vault/one", "1")
	put("script.py", runner)
	for _, id := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		put("data/run="+id+"/table=a/part", id)
		put("data/run="+id+"/_manifest.json", id)
	}
	put("data/run=70/table=a/part", "not whole")
	put("draftt-databricks", `#!/bin/sh
test "$(stat -c %a "$4" 2>/dev/null || stat -f %Lp "$4")$1$2$3$5$7$8" = 600sync--json--key-file--to--it\'s || exit 3
test "$(ls "$6")" = run=7 && test "$(cat "$DRAFTT_DATABRICKS_HOME/vault/one")" = 1 || exit 4
mkdir -p "$6/run=8/table=a" "$6/.partial-9" && echo 8 >"$6/run=8/table=a/part" && echo 8 >"$6/run=8/_manifest.json"
exit 60
`)
	run := exec.Command(python, filepath.Join(dir, "script.py"), dir, "sync", "--json", "--", "it's")
	out, err := run.CombinedOutput()
	if code := run.ProcessState.ExitCode(); code != 60 {
		t.Fatalf("it ends with %d, %v: %s", code, err, out)
	}
	entries, err := filepath.Glob(filepath.Join(dir, "data", "*", "_manifest.json"))
	if err != nil || len(entries) != 7 || !strings.Contains(entries[6], "run=8") || strings.Contains(entries[0], "run=1") {
		t.Errorf("the whole runs are %q", entries)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/run=8/table=a/part")); err != nil {
		t.Error(err)
	}
}

// TestTheTasksOfAJobInShardsHandARunOn runs the script of each in turn on one volume, with a program in the place of ours.
func TestTheTasksOfAJobInShardsHandARunOn(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("unknown: there is no Python here")
	}
	s := spec("it's")
	s.Shards = 2
	var job jobs.CreateJob
	if err := json.Unmarshal([]byte(define(t, DatabricksJob, s)[0].Text), &job); err != nil {
		t.Fatal(err)
	}
	var keys, after []string
	for _, task := range job.Tasks {
		keys = append(keys, task.TaskKey)
		for _, d := range task.DependsOn {
			after = append(after, task.TaskKey+" after "+d.TaskKey)
		}
	}
	if !slices.Equal(keys, []string{"plan", "shard-1", "shard-2", "join"}) || !slices.Equal(after, []string{"shard-1 after plan", "shard-2 after plan", "join after shard-1", "join after shard-2"}) {
		t.Fatalf("the tasks are %q, %q", keys, after)
	}
	dir := t.TempDir()
	put := func(path, text string) {
		t.Helper()
		path = filepath.Join(dir, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	put("key.txt", "key")
	put("home/vault/one", "1")
	put("script.py", runner)
	put("data/run=1/_manifest.json", "1")
	put("data/run=1/table=a/part", "1")
	put("data/.partial-0/_plan.json", "of other options")
	put("draftt-databricks", `#!/bin/sh
shard= to=
previous=
for word; do
	test "$previous" = --shard && shard=${word%/2}
	test "$previous" = --to && to=$word
	previous=$word
done
test -e "$to/run=1/_manifest.json" || exit 4
run=$to/.partial-2
progress=$run/_progress-$shard.ndjson
test "$shard" = 0 && progress=$run/_progress.ndjson
note() { printf '{"path":"%s"}\n' "$1" >>"$progress"; }
case $2/$shard in
--json/0) rm -r "$to/.partial-0"; mkdir "$run" && echo plan >"$run/_plan.json" && note "" ;;
--json/*)
	test "$(cat "$run/_plan.json")" = plan && test -e "$run/_progress.ndjson" || exit 5
	mkdir -p "$run/table=a" && touch "$run/.shard-$shard.lock"
	if test -e "$run/table=a/first-$shard"; then
		test "$(ls "$run/table=a")" = "first-$shard" || exit 6
		echo rest >"$run/table=a/rest-$shard" && note "table=a/rest-$shard"
	else
		echo first >"$run/table=a/first-$shard" && note "table=a/first-$shard"
		exit 10
	fi ;;
join/) test "$(ls "$run/table=a" | tr '\n' ' ')" = "first-1 first-2 rest-1 rest-2 " && echo 2 >"$run/_manifest.json" && rm "$run"/_p* && mv "$run" "$to/run=2" ;;
esac
`)
	script := func(task jobs.Task) int {
		t.Helper()
		run := exec.Command(python, append([]string{filepath.Join(dir, "script.py"), dir}, task.SparkPythonTask.Parameters[1:]...)...)
		out, _ := run.CombinedOutput()
		if code := run.ProcessState.ExitCode(); code != 0 && code != 10 {
			t.Fatalf("%s ends with %d: %s", task.TaskKey, code, out)
		}
		return run.ProcessState.ExitCode()
	}
	for _, task := range job.Tasks {
		for script(task) == 10 {
			t.Logf("%s is tried again", task.TaskKey)
		}
	}
	var left []string
	err = filepath.WalkDir(filepath.Join(dir, "data"), func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(filepath.Join(dir, "data"), path)
			left = append(left, filepath.ToSlash(name))
		}
		return err
	})
	want := []string{"run=1/_manifest.json", "run=1/table=a/part", "run=2/_manifest.json", "run=2/table=a/first-1", "run=2/table=a/first-2", "run=2/table=a/rest-1", "run=2/table=a/rest-2"}
	if err != nil || !slices.Equal(left, want) {
		t.Errorf("on the volume there is %q: %v", left, err)
	}
}
