package schedule

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/service/jobs"
	"go.yaml.in/yaml/v3"
)

// hostile are names and paths that mean something to whoever reads a definition.
var hostile = []string{
	"Inventory", "it's", `say "hi"`, "100%", `50\%`, `\\%`, "%n", "$HOME", "${HOME} $$", "`id`", "$(id)", "a;b", "a && b | c > d", "--json", "-", "# no", `ends in \`, `\x41\n`,
	"Größe 東京 🧊", "{a: b}", "[x]", "- y", "yes", "null", "1e3", "a: b #c", "'", `"`, "!!binary x", "&a", "*a", "@", "?", "%%", "~", "tab\\t", "$(HOME)", "$$(HOME)", "$$$(HOME)", "%h/%i",
}

func spec(name string) Spec {
	return Spec{
		Name: name, Program: "/opt/100% $pure/" + strings.ReplaceAll(name, "/", "_") + "/draftt-databricks", Home: "/home/" + name, KeyFile: "/etc/" + name + "/key.txt", To: "/data/" + name,
		Every: 24 * time.Hour, At: time.Date(2026, 1, 1, 2, 5, 0, 0, time.UTC), Start: true,
	}
}

func (s Spec) wants(how string) []string {
	return []string{"sync", how, "--key-file", s.KeyFile, "--to", s.To, "--start", "--", s.Name}
}

func define(t *testing.T, k Kind, s Spec) []File {
	t.Helper()
	files, err := Definition(k, s)
	if err != nil {
		t.Fatalf("%s of %q: %v", k, s.Name, err)
	}
	for _, f := range files {
		if f.Name != filepath.Base(f.Name) || !strings.HasPrefix(f.Name, "draftt-sync") || len(f.Name) > 60 {
			t.Errorf("%q is the name of a file of %q", f.Name, s.Name)
		}
	}
	return files
}

// line is the value of a key of a unit, which has it once.
func line(t *testing.T, unit, key string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^`+key+`=(.*)$`).FindAllStringSubmatch(unit, -1)
	if len(found) != 1 || strings.HasSuffix(found[0][1], `\`) {
		t.Fatalf("%s is there %d times in\n%s", key, len(found), unit)
	}
	return found[0][1]
}

// systemdWords takes a line apart as systemd does: quotes, escapes of C, specifiers, and in all but the first word variables.
func systemdWords(t *testing.T, text string, variables bool) (all []string) {
	t.Helper()
	for text != "" {
		if text[0] != '"' {
			t.Fatalf("%s is not in quotes", text)
		}
		var word strings.Builder
		i := 1
		for ; text[i] != '"'; i++ {
			if text[i] == '\\' {
				i++
				if text[i] != '\\' && text[i] != '"' {
					t.Fatalf("\\%c in %s", text[i], text)
				}
			}
			word.WriteByte(text[i])
		}
		said := strings.ReplaceAll(word.String(), "%%", "\x00")
		if strings.Contains(said, "%") {
			t.Fatalf("%q has a specifier", word.String())
		}
		said = strings.ReplaceAll(said, "\x00", "%")
		if variables && len(all) > 0 {
			if said = strings.ReplaceAll(said, "$$", "\x00"); strings.Contains(said, "$") {
				t.Fatalf("%q has a variable", word.String())
			}
			said = strings.ReplaceAll(said, "\x00", "$")
		}
		all, text = append(all, said), strings.TrimPrefix(text[i+1:], " ")
	}
	return all
}

func TestAUnitOfSystemdStartsExactlyTheSync(t *testing.T) {
	for _, name := range hostile {
		s := spec(name)
		files := define(t, Systemd, s)
		if got, want := systemdWords(t, line(t, files[0].Text, "ExecStart"), true), append([]string{s.Program}, s.wants("--json")...); !slices.Equal(got, want) {
			t.Errorf("%q starts %q, not %q", name, got, want)
		}
		if got := systemdWords(t, line(t, files[0].Text, "Environment"), false); !slices.Equal(got, []string{"DRAFTT_DATABRICKS_HOME=" + s.Home}) {
			t.Errorf("%q has the environment %q", name, got)
		}
		if said := line(t, files[0].Text, "Description"); !strings.Contains(strings.ReplaceAll(said, "%%", "%"), name) {
			t.Errorf("%q is described as %s", name, said)
		}
		if strings.TrimSuffix(files[0].Name, ".service") != strings.TrimSuffix(files[1].Name, ".timer") {
			t.Errorf("%s does not start %s", files[1].Name, files[0].Name)
		}
	}
}

// TestSystemdTakesTheUnits asks systemd itself, where it is.
func TestSystemdTakesTheUnits(t *testing.T) {
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("unknown: there is no systemd-analyze here")
	}
	if testing.Short() {
		t.Skip("it starts a program for each name")
	}
	for _, name := range []string{"Inventory", `say "hi" it's`, `50\% $HOME`, "Größe 東京", `ends in \`} {
		for _, every := range []time.Duration{time.Hour, 24 * time.Hour} {
			s, dir := spec(name), t.TempDir()
			s.Every, s.Program = every, filepath.Join(dir, "100% pure $x", "draftt-databricks")
			if err := errors.Join(os.Mkdir(filepath.Dir(s.Program), 0o700), os.WriteFile(s.Program, []byte("#!/bin/sh\n"), 0o700)); err != nil {
				t.Fatal(err)
			}
			arguments := []string{"verify", "--man=no"}
			for _, f := range define(t, Systemd, s) {
				path := filepath.Join(dir, f.Name)
				if err := os.WriteFile(path, []byte(f.Text), 0o600); err != nil {
					t.Fatal(err)
				}
				arguments = append(arguments, path)
			}
			out, err := exec.Command(verify, arguments...).CombinedOutput()
			if err != nil || strings.Contains(string(out), "draftt") {
				t.Errorf("%q every %s: %v\n%s", name, every, err, out)
			}
		}
	}
}

// crontab takes a line apart as cron does: five fields, and a command up to the first % without a backslash, with what a backslash hid.
func crontab(t *testing.T, text string) (fields []string, command string) {
	t.Helper()
	if strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") || len(text) > 998 {
		t.Fatalf("%q is no line of a crontab", text)
	}
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), " ", 6)
	if len(parts) != 6 {
		t.Fatalf("%q has no five fields", text)
	}
	var out []byte
	escaped := false
	for _, c := range []byte(parts[5]) {
		switch {
		case escaped && c == '%':
			out[len(out)-1], escaped = c, false
			continue
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '%':
			t.Fatalf("%q ends its command at a %%", text)
		}
		out = append(out, c)
	}
	return parts[:5], string(out)
}

// TestALineOfCronRunsExactlyTheSync runs it, with a program in the place of ours that fails twice and tells how it was called.
func TestALineOfCronRunsExactlyTheSync(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("unknown: there is no sh here")
	}
	for _, name := range hostile {
		s, dir := spec(name), t.TempDir()
		s.Program = filepath.Join(dir, "100% $pure it's", "draftt-databricks")
		tools := filepath.Join(dir, "bin")
		for path, text := range map[string]string{
			s.Program:                       "#!/bin/sh\nprintf '%s\\0' \"$DRAFTT_DATABRICKS_HOME\" \"$@\" >" + dir + "/called\necho x >>" + dir + "/times\ntest $(wc -l <" + dir + "/times) -gt 2\n",
			filepath.Join(tools, "timeout"): "#!/bin/sh\ntest \"$1\" = 21600 || exit 9\nshift\nexec \"$@\"\n",
			filepath.Join(tools, "sleep"):   "#!/bin/sh\necho $1 >>" + dir + "/slept\n",
		} {
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o700)); err != nil {
				t.Fatal(err)
			}
		}
		fields, command := crontab(t, define(t, Cron, s)[0].Text)
		if !slices.Equal(fields, []string{"5", "2", "*", "*", "*"}) {
			t.Errorf("%q runs at %q", name, fields)
		}
		run := exec.Command(sh, "-c", command)
		run.Env = []string{"PATH=" + tools + ":" + os.Getenv("PATH")}
		if out, err := run.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%q: %v\n%s", name, err, out)
			continue
		}
		called, _ := os.ReadFile(filepath.Join(dir, "called"))
		if got, want := strings.Split(strings.TrimSuffix(string(called), "\x00"), "\x00"), append([]string{s.Home}, s.wants("--quiet")...); !slices.Equal(got, want) {
			t.Errorf("%q calls %q, not %q", name, got, want)
		}
		if slept, _ := os.ReadFile(filepath.Join(dir, "slept")); string(slept) != "600\n600\n" {
			t.Errorf("%q waits %q between its tries", name, slept)
		}
	}
}

// cronJob is what batch/v1 says of the fields that are used, by its reference.
type cronJob struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   metadata
	Spec       struct {
		Schedule                   string
		TimeZone                   string `yaml:"timeZone"`
		ConcurrencyPolicy          string `yaml:"concurrencyPolicy"`
		SuccessfulJobsHistoryLimit int32  `yaml:"successfulJobsHistoryLimit"`
		FailedJobsHistoryLimit     int32  `yaml:"failedJobsHistoryLimit"`
		StartingDeadlineSeconds    int64  `yaml:"startingDeadlineSeconds"`
		JobTemplate                struct {
			Spec struct {
				ActiveDeadlineSeconds int64 `yaml:"activeDeadlineSeconds"`
				BackoffLimit          int32 `yaml:"backoffLimit"`
				Template              struct {
					Metadata metadata
					Spec     podSpec
				}
			}
		} `yaml:"jobTemplate"`
	}
}

type metadata struct {
	Name   string
	Labels map[string]string
}

type podSpec struct {
	RestartPolicy                string `yaml:"restartPolicy"`
	AutomountServiceAccountToken *bool  `yaml:"automountServiceAccountToken"`
	SecurityContext              struct {
		RunAsNonRoot        bool                  `yaml:"runAsNonRoot"`
		RunAsUser           int64                 `yaml:"runAsUser"`
		RunAsGroup          int64                 `yaml:"runAsGroup"`
		FSGroup             int64                 `yaml:"fsGroup"`
		FSGroupChangePolicy string                `yaml:"fsGroupChangePolicy"`
		SeccompProfile      struct{ Type string } `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	Containers []struct {
		Name, Image     string
		Command, Args   []string
		Env             []struct{ Name, Value string }
		SecurityContext struct {
			AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
			Capabilities             struct{ Drop []string }
		} `yaml:"securityContext"`
		Resources struct{ Requests, Limits map[string]string }
		Mounts    []struct {
			Name      string
			MountPath string `yaml:"mountPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	}
	Volumes []struct {
		Name   string
		Secret *struct {
			SecretName  string `yaml:"secretName"`
			DefaultMode int32  `yaml:"defaultMode"`
		}
		Claim *struct {
			ClaimName string `yaml:"claimName"`
		} `yaml:"persistentVolumeClaim"`
		EmptyDir *struct{} `yaml:"emptyDir"`
	}
}

var dnsLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

// expand replaces variables in an argument as the kubelet does: $$ is one dollar, and a name in brackets behind one is a variable.
func expand(t *testing.T, text string) string {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(text, "$$", ""), "$(") {
		t.Errorf("%q has a variable", text)
	}
	return strings.ReplaceAll(text, "$$", "$")
}

func TestACronJobIsOneOfKubernetes(t *testing.T) {
	for _, name := range append([]string{strings.Repeat("long name ", 20)}, hostile...) {
		decoder := yaml.NewDecoder(strings.NewReader(define(t, Kubernetes, spec(name))[0].Text))
		decoder.KnownFields(true)
		var job cronJob
		if err := decoder.Decode(&job); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		pod := job.Spec.JobTemplate.Spec.Template.Spec
		if job.APIVersion != "batch/v1" || job.Kind != "CronJob" || job.Spec.Schedule != "5 2 * * *" || job.Spec.ConcurrencyPolicy != "Forbid" || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
			t.Errorf("%q is %+v", name, job)
		}
		if !dnsLabel.MatchString(job.Metadata.Name) || len(job.Metadata.Name) > 52 {
			t.Errorf("%q is named %q", name, job.Metadata.Name)
		}
		if job.Spec.JobTemplate.Spec.ActiveDeadlineSeconds != 6*60*60 || job.Spec.JobTemplate.Spec.BackoffLimit != 3 {
			t.Errorf("%q has the limits %+v", name, job.Spec.JobTemplate.Spec)
		}
		c := pod.Containers[0]
		var called []string
		for _, a := range c.Args {
			called = append(called, expand(t, a))
		}
		if want := []string{"sync", "--json", "--to", "/draftt/state/data", "--start", "--", name}; !slices.Equal(called, want) {
			t.Errorf("%q calls %q, not %q", name, called, want)
		}
		if limit := c.Resources.Limits["memory"]; !regexp.MustCompile(`^[0-9]+Mi$`).MatchString(limit) {
			t.Errorf("%q is memory", limit)
		}
		there := map[string]bool{}
		for _, v := range pod.Volumes {
			there[v.Name] = v.Secret != nil || v.Claim != nil || v.EmptyDir != nil
		}
		for _, m := range c.Mounts {
			if !there[m.Name] {
				t.Errorf("%q mounts %s, which is no volume", name, m.Name)
			}
		}
	}
}

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
		if job.Schedule.QuartzCronExpression != "0 5 2 * * ?" || job.TimeoutSeconds != 6*60*60 || job.Tasks[0].MaxRetries != 3 {
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

func TestWhatCannotBeScheduledIsRefused(t *testing.T) {
	for _, every := range []time.Duration{0, -time.Hour, time.Minute, 90 * time.Minute, 5 * time.Hour, 48 * time.Hour} {
		s := spec("x")
		s.Every = every
		var wrong *ErrEvery
		if _, err := Definition(Cron, s); !errors.As(err, &wrong) || wrong.Every != every {
			t.Errorf("every %s: %v", every, err)
		}
	}
	for _, text := range []string{"a\nb", "a\rb", "a\x00b", "\x1b[2J", "a\xffb", "a\u2028b", "\u202eabc"} {
		for _, k := range Kinds {
			var wrong *ErrText
			if _, err := Definition(k, spec(text)); !errors.As(err, &wrong) {
				t.Errorf("%s of %q: %v", k, text, err)
			}
		}
	}
	var wrong *ErrText
	if _, err := Definition(Cron, spec(strings.Repeat("x", 400))); !errors.As(err, &wrong) {
		t.Errorf("a line of 2,000 characters: %v", err)
	}
	if _, err := Definition(DatabricksJob, spec("{{job.id}}")); !errors.As(err, &wrong) {
		t.Errorf("a reference of Databricks: %v", err)
	}
	if _, err := Definition("windows", spec("x")); err == nil {
		t.Error("there is a schedule for Windows")
	}
}

func TestARunIsAtTheHourThatWasNamedAndEverySoManyHoursAroundIt(t *testing.T) {
	s := spec("x")
	s.Every, s.At = 6*time.Hour, time.Date(0, 1, 1, 20, 30, 0, 0, time.UTC)
	for k, want := range map[Kind]string{Systemd: "OnCalendar=*-*-* 02,08,14,20:30:00\n", Cron: "30 2,8,14,20 * * * ", Kubernetes: "schedule: 30 2,8,14,20 * * *\n", DatabricksJob: `"0 30 2,8,14,20 * * ?"`} {
		files := define(t, k, s)
		if !slices.ContainsFunc(files, func(f File) bool { return strings.Contains(f.Text, want) }) {
			t.Errorf("%s is %v", k, files)
		}
	}
}

// TestTriesOfOneRunNeverKeepTheNextFromStarting holds the limit of starts to fewer than the span between two runs.
func TestTriesOfOneRunNeverKeepTheNextFromStarting(t *testing.T) {
	for _, every := range []time.Duration{time.Hour, 2 * time.Hour, 12 * time.Hour, 24 * time.Hour} {
		s := spec("x")
		s.Every = every
		unit := define(t, Systemd, s)[0].Text
		span, err := time.ParseDuration(line(t, unit, "StartLimitIntervalSec") + "s")
		if err != nil || span >= every || span < every/2 || line(t, unit, "StartLimitBurst") != "4" {
			t.Errorf("every %s: at most %s starts in %s", every, line(t, unit, "StartLimitBurst"), span)
		}
	}
}
