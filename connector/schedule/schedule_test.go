package schedule

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
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
	for k, shards := range map[Kind]int{Systemd: 2, Cron: 2, Kubernetes: MostShards + 1, DatabricksJob: -1} {
		s := spec("x")
		s.Shards = shards
		var wrong *ErrShards
		if _, err := Definition(k, s); !errors.As(err, &wrong) {
			t.Errorf("%d shards of %s: %v", shards, k, err)
		}
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
