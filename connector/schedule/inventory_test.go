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
	"go.yaml.in/yaml/v3"
)

// inventories are of two connections, the second with a name that is hard to write down.
func inventories(name string) Spec {
	s := spec("")
	s.Task, s.Names, s.Start, s.Program = Inventory, []string{"prod", name}, false, "/opt/draftt-databricks"
	return s
}

// taking are the flags of every inventory that a schedule starts.
var taking = []string{"--budget", "5h30m0s", "--older-than", "12h0m0s", "--"}

func written(t *testing.T, k Kind, s Spec) []File {
	t.Helper()
	files, err := Definition(k, s)
	if err != nil {
		t.Fatalf("%s of %q: %v", k, s.Names, err)
	}
	for _, f := range files {
		if f.Name != filepath.Base(f.Name) || !strings.HasPrefix(f.Name, "draftt-inventory") {
			t.Errorf("%q is the name of a file of %q", f.Name, s.Names)
		}
	}
	return files
}

func TestEverySchedulerStartsTheInventoriesByTheirNames(t *testing.T) {
	for _, name := range hostile {
		s := inventories(name)
		s.Home, s.KeyFile, s.To = "/home/x", "/etc/key.txt", "/data"
		here := slices.Concat([]string{"inventory", "run", "--json", "--key-file", "/etc/key.txt", "--to", "/data"}, taking, []string{"prod", name})
		if got := systemdWords(t, line(t, written(t, Systemd, s)[0].Text, "ExecStart"), true); !slices.Equal(got, append([]string{s.Program}, here...)) {
			t.Errorf("systemd starts %q", got)
		}
		_, command := crontab(t, written(t, Cron, s)[0].Text)
		if !strings.Contains(command, "'inventory' 'run' '--quiet'") || !strings.Contains(command, "'--' 'prod'") {
			t.Errorf("cron starts %s", command)
		}
		var job cronJob
		decoder := yaml.NewDecoder(strings.NewReader(written(t, Kubernetes, s)[0].Text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&job); err != nil {
			t.Fatal(err)
		}
		var called []string
		for _, a := range job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Args {
			called = append(called, expand(t, a))
		}
		if want := slices.Concat([]string{"inventory", "run", "--json", "--to", "/draftt/state/data"}, taking, []string{"prod", name}); !slices.Equal(called, want) {
			t.Errorf("a pod starts %q", called)
		}
		s.Shards = 3
		var made jobs.CreateJob
		if err := json.Unmarshal([]byte(written(t, DatabricksJob, s)[0].Text), &made); err != nil {
			t.Fatal(err)
		}
		last := made.Tasks[2]
		want := slices.Concat([]string{volume, "inventory", "run", "--json"}, taking[:4], []string{"--shard", "3/3", "--", "prod", name})
		if len(made.Tasks) != 3 || last.TaskKey != "part-3" || len(last.DependsOn) > 0 || !slices.Equal(last.SparkPythonTask.Parameters, want) {
			t.Errorf("a job has %d tasks, the last %+v", len(made.Tasks), last.SparkPythonTask)
		}
	}
	s := inventories("x")
	if s.Names = nil; !strings.Contains(written(t, Cron, s)[0].Text, "'--all' '--'") {
		t.Error("nobody is named, and not all are read")
	}
	var wrong *ErrText
	if _, err := Definition(DatabricksJob, inventories("{{job.id}}")); !errors.As(err, &wrong) {
		t.Errorf("a reference of Databricks: %v", err)
	}
	if long := inventories("x"); true {
		long.Names = []string{strings.Repeat("long name ", 20)}
		var job cronJob
		if err := yaml.Unmarshal([]byte(written(t, Kubernetes, long)[0].Text), &job); err != nil || len(job.Metadata.Name) > 52 || !dnsLabel.MatchString(job.Metadata.Name) {
			t.Errorf("it is named %q: %v", job.Metadata.Name, err)
		}
	}
}

// TestEachPodTakesThePartOfItsIndex runs the command of its container, with a program in the place of ours.
func TestEachPodTakesThePartOfItsIndex(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("unknown: there is no sh here")
	}
	for _, name := range hostile {
		s, dir := inventories(name), t.TempDir()
		s.Shards = 3
		var job cronJob
		if err := yaml.Unmarshal([]byte(written(t, Kubernetes, s)[0].Text), &job); err != nil {
			t.Fatal(err)
		}
		of := job.Spec.JobTemplate.Spec
		if of.CompletionMode != "Indexed" || of.Completions == nil || *of.Completions != 3 || *of.Parallelism != 3 {
			t.Errorf("%q is %+v", name, of)
		}
		program := "#!/bin/sh\nprintf '%s\\0' \"$@\" \"$(cat <&3)\" >" + dir + "/called\nexit 75\n"
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "draftt-databricks"), []byte(program), 0o700), os.WriteFile(filepath.Join(dir, "key.txt"), []byte("key"), 0o600)); err != nil {
			t.Fatal(err)
		}
		var command []string
		for _, a := range append(slices.Clone(of.Template.Spec.Containers[0].Command), of.Template.Spec.Containers[0].Args...) {
			command = append(command, strings.ReplaceAll(expand(t, a), "/draftt/key/", dir+"/"))
		}
		run := exec.Command(sh, command[1:]...)
		run.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "JOB_COMPLETION_INDEX=1"}
		out, _ := run.CombinedOutput()
		called, _ := os.ReadFile(filepath.Join(dir, "called"))
		want := slices.Concat([]string{"--key-fd", "3", "inventory", "run", "--shard", "2/3", "--json", "--to", "/draftt/state/data"}, taking, []string{"prod", name, "key"})
		if got := strings.Split(strings.TrimSuffix(string(called), "\x00"), "\x00"); run.ProcessState.ExitCode() != 75 || !slices.Equal(got, want) {
			t.Errorf("%q: exit %d: %q\n%s", name, run.ProcessState.ExitCode(), got, out)
		}
	}
}

// taker stands in for the program: it goes on with what is not over, and is ended before the last workspace is whole.
const taker = `#!/bin/sh
to= previous=
for word; do
	test "$previous" = --to && to=$word
	previous=$word
done
test "$(stat -c %a "$DRAFTT_DATABRICKS_HOME/vault" 2>/dev/null || stat -f %Lp "$DRAFTT_DATABRICKS_HOME/vault")" = 700 || exit 4
one=$DRAFTT_DATABRICKS_HOME/inventory/one two=$DRAFTT_DATABRICKS_HOME/inventory/two
test ! -e "$one/1.db" && test -e "$one/1.json" || exit 5
if test -e "$two/3.db"; then
	test "$(cat "$two/3.db" "$two/3.db-wal")" = "half
log" || exit 6
	rm "$two/3.db-wal" && echo whole >"$two/3.db" && echo 3 >"$two/3.json"
	mkdir -p "$to/workspace=two/run=3" && echo 3 >"$to/workspace=two/run=3/jobs.parquet" && echo 3 >"$to/workspace=two/run=3/_manifest.json"
	exit 0
fi
echo whole >"$one/2.db" && echo 2 >"$one/2.json"
mkdir -p "$to/workspace=one/run=2" "$to/workspace=two/.partial-3" && echo 2 >"$to/workspace=one/run=2/_manifest.json"
mkdir -p "$two" && echo half >"$two/3.db" && echo log >"$two/3.db-wal"
exit 75
`

// TestTheScriptOfInventoriesGoesOnWithWhatIsNotOver runs it twice on one volume.
func TestTheScriptOfInventoriesGoesOnWithWhatIsNotOver(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("unknown: there is no Python here")
	}
	dir := t.TempDir()
	for path, text := range map[string]string{
		"key.txt": "key", "home/vault/one": "1", "script.py": inventoryRunner, "draftt-databricks": taker, "home/inventory/one/1.db": "old", "home/inventory/one/1.json": "1",
		"home/inventory/one/lock": "", "data/workspace=one/run=1/_manifest.json": "1",
	} {
		path = filepath.Join(dir, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	there := func() string {
		var all []string
		for _, above := range []string{"home/inventory", "data"} {
			_ = filepath.WalkDir(filepath.Join(dir, above), func(path string, e os.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					name, _ := filepath.Rel(dir, path)
					all = append(all, strings.TrimPrefix(filepath.ToSlash(name), "home/inventory/"))
				}
				return err
			})
		}
		return strings.Join(all, " ")
	}
	for _, try := range []struct {
		code int
		want string
	}{
		{75, "one/1.db one/1.json one/2.db one/2.json one/lock two/3.db two/3.db-wal data/workspace=one/run=1/_manifest.json data/workspace=one/run=2/_manifest.json"},
		{0, "one/1.db one/1.json one/2.db one/2.json one/lock two/3.db two/3.json data/workspace=one/run=1/_manifest.json data/workspace=one/run=2/_manifest.json " +
			"data/workspace=two/run=3/_manifest.json data/workspace=two/run=3/jobs.parquet"},
	} {
		run := exec.Command(python, filepath.Join(dir, "script.py"), dir, "inventory", "run", "--json", "--", "it's")
		out, _ := run.CombinedOutput()
		if code := run.ProcessState.ExitCode(); code != try.code || there() != try.want {
			t.Errorf("it ends with %d: %s\nthere is %s", code, out, there())
		}
	}
}
