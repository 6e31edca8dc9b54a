package torture

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// The built program, in a terminal, with a secret in it that must turn up nowhere: in no byte that it writes, in no file that it leaves,
// in nothing that the system tells of its process. Everything that could make it talkative is switched on.

const (
	passphrase  = "a canary in the deepest mine 4711"
	wrongSecret = "doseWrongCanary0f1e2d3c4b5a69788796"
)

// machine is a person's machine, with the embedded workspace served by another process.
type machine struct {
	t       *testing.T
	dir     string // the home folder, the temporary files and the current folder lie in it
	program string
	served  handout
}

// handout is what demo --serve prints first.
type handout struct {
	Host         string `json:"host"`
	CAFile       string `json:"ca_file"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	Token        string `json:"token"`
	AdminID      string `json:"admin_client_id"`
	AdminSecret  string `json:"admin_client_secret"`
	AdminToken   string `json:"admin_token"`
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	return newMachineFor(t, "ready")
}

// newMachineFor has the workspace of a scenario.
func newMachineFor(t *testing.T, scenario string) *machine {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{t: t, dir: t.TempDir(), program: program}
	for _, name := range []string{"home", "tmp", "cwd"} {
		if err := os.Mkdir(filepath.Join(m.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	serve := exec.Command(m.program, "demo", "--scenario", scenario, "--serve", "127.0.0.1:0")
	serve.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		_ = serve.Wait()
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &m.served); err != nil {
		t.Fatal(err)
	}
	return m
}

// command is the program with everything switched on that makes it, or a library in it, talk.
func (m *machine) command(args ...string) *exec.Cmd {
	cmd := exec.Command(m.program, args...)
	cmd.Dir = filepath.Join(m.dir, "cwd")
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + filepath.Join(m.dir, "home"), "TMPDIR=" + filepath.Join(m.dir, "tmp"),
		"TEA_TRACE=" + filepath.Join(m.dir, "cwd", "trace.log"), "TEA_DEBUG=1", "DRAFTT_DATABRICKS_UNLOCK=never", "DATABRICKS_DEBUG_HEADERS=true", "DATABRICKS_DEBUG_TRUNCATE_BYTES=1000000",
		"DATABRICKS_LOG_LEVEL=trace", "DATABRICKS_LOG_FILE=" + filepath.Join(m.dir, "cwd", "sdk.log"), "GODEBUG=http2debug=2", "GOTRACEBACK=all",
	}
	return cmd
}

func (m *machine) setup(more ...string) *exec.Cmd {
	return m.command(append([]string{"setup", "--allow-host", m.served.Host, "--host", m.served.Host, "--ca-file", m.served.CAFile, "--client-id", m.served.ClientID}, more...)...)
}

// silent checks that nothing of the secrets is in what was seen, nor in any file.
func (m *machine) silent(seen []byte, secrets ...string) {
	m.t.Helper()
	if form := finds(seen, secrets...); form != "" {
		m.t.Errorf("%q was seen", form)
	}
	found := 0
	err := filepath.WalkDir(m.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found++
		if form := finds(append(content, path...), secrets...); form != "" {
			m.t.Errorf("%q is in %s", form, path)
		}
		return nil
	})
	if err != nil {
		m.t.Error(err)
	}
	m.t.Logf("%d bytes and %d files searched for %d secrets", len(seen), found, len(secrets))
}

// signIn fills in the form, with a secret that is refused first.
func (m *machine) signIn(s *screen) {
	s.waitFor("Connect to your workspace", "paste it")
	s.paste(wrongSecret)
	s.waitFor("35 characters received")
	s.send("\r")
	s.waitFor("Authentication failed")
	s.send("\x1b")
	s.waitFor("35 characters received")
	s.send("\x15")
	s.paste(m.served.ClientSecret)
	s.waitFor("36 characters received")
	s.send("\r")
	s.waitFor("Signed in as")
}

func TestASecretPastedIntoTheWizardIsSeenNowhere(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	s := start(t, m.setup())
	m.signIn(s)
	for _, step := range []struct{ sight, keys string }{
		{"Signed in as", "\r"}, {"Starter Warehouse", "\r"}, {"dev_inventory", "inventory"}, {"› inventory ", "\r"}, {"› assets", "\r"},
		{"✓ USE SCHEMA on inventory.assets", "\r"}, {"[ ] components", "\r"}, {"✓ read", "\r"}, {"Review and save", "\r"},
		{"at least 12 characters", passphrase + "\r"}, {"Once more", passphrase + "\r"}, {"Azure Databricks › Connect", "\x1b"},
	} {
		s.waitFor(step.sight)
		s.send(step.keys)
	}
	code, seen := s.end()
	if code != 0 {
		t.Fatalf("it ended with %d:\n%s", code, s.since(0))
	}
	for _, args := range [][]string{
		{"list", "--json"}, {"list"}, {"show", "inventory.assets"}, {"test", "inventory.assets"}, {"test", "inventory.assets", "--json"}, {"delete", "inventory.assets", "--yes"},
	} {
		s := start(t, m.command(args...))
		s.waitForLine(0, "Passphrase")
		s.send(passphrase + "\r")
		code, more := s.end()
		if code != 0 {
			t.Errorf("%q ended with %d:\n%s", args, code, s.since(0))
		}
		seen = append(seen, more...)
	}
	m.silent(seen, m.served.ClientSecret, wrongSecret, passphrase)
}

func TestASecretTypedIntoThePlainFaceIsSeenNowhere(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	s := start(t, m.setup("--plain", "--schema", "inventory.assets", "--key-file", filepath.Join(t.TempDir(), "key.txt")))
	secrets := []string{wrongSecret, m.served.ClientSecret}
	mark, ended := 0, false
	for questions := 0; !ended && questions < 40; questions++ {
		asked := s.question(mark)
		mark = s.mark()
		switch {
		case asked == "":
			ended = true
		case strings.Contains(asked, "once more to confirm"):
			s.send(m.served.Host + "\r")
		case strings.Contains(asked, "(not shown)") && len(secrets) > 0:
			s.send(secrets[0] + "\r")
			secrets = secrets[1:]
		case strings.Contains(asked, "Keep the OAuth secret"):
			s.send("n\r")
		case strings.Contains(asked, "Keep inventory.assets"):
			s.send("y\r")
		case strings.Contains(asked, "not listed"):
			s.send("1\r")
		default:
			s.send("\r")
		}
	}
	code, seen := s.end()
	if code != 0 || len(secrets) > 0 {
		t.Fatalf("it ended with %d:\n%s", code, s.since(0))
	}
	m.silent(seen, m.served.ClientSecret, wrongSecret)
}

// asking is the end of every question of the plain face, with what an empty answer takes.
var asking = regexp.MustCompile(`\? for help( \[[^]]*\])?:$`)

// question waits until the program asks for something, and gives what it wrote; nothing when it has ended.
func (s *screen) question(mark int) string {
	s.t.Helper()
	s.look()
	for range patience.Each(s.t, 20*time.Millisecond) {
		select {
		case <-s.done:
			return ""
		default:
		}
		if wrote := s.since(mark); asking.MatchString(wrote) {
			return wrote
		}
	}
	s.t.Fatalf("no question came:\n%s", s.since(0))
	return ""
}

// A signal that dumps every goroutine is the worst crash that can be caused from outside.
func TestACrashWithASecretInMemoryShowsNothingOfIt(t *testing.T) {
	t.Parallel()
	signals := []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV}
	if !*full {
		signals = signals[:1]
	}
	for _, signal := range signals {
		t.Run(signal.String(), func(t *testing.T) {
			m := newMachine(t)
			s := start(t, m.setup())
			m.signIn(s)
			if err := s.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_, seen := s.end()
			m.silent(seen, m.served.ClientSecret, wrongSecret)
		})
	}
}
