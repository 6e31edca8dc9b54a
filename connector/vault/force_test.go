package vault

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The counts of an ordinary run; a longer one is asked for with, for example, go test ./connector/vault -kills 10000.
var (
	kills   = flag.Int("kills", 200, "how often a writer is killed")
	writers = flag.Int("writers", 6, "how many processes save at once")
	saves   = flag.Int("saves", 8, "how often each of them saves")
	full    = flag.Bool("full", false, "every error at every call, and every bit of every file")
)

// The test binary is its own second process: with roleVariable set it plays a part instead of running tests.
const (
	roleVariable = "DRAFTT_VAULT_TEST_ROLE"
	dirVariable  = "DRAFTT_VAULT_TEST_DIR"
	keyVariable  = "DRAFTT_VAULT_TEST_KEY"
	nameVariable = "DRAFTT_VAULT_TEST_NAME"

	limitVariable = "DRAFTT_VAULT_TEST_LIMIT" // the largest file in bytes, where the system can limit that

	markBegin, markEnd = "/the-save-begins", "/the-save-ends"
)

var roles = map[string]func(context.Context, *Vault) error{
	"choose": chooseAPassphrase,
	"write":  writeForEver,
	"share":  shareTheVault,
	"once":   saveOnce,
	"home":   sayTheFolder,
}

func TestMain(m *testing.M) {
	flag.Parse()
	if play, ok := roles[os.Getenv(roleVariable)]; ok {
		v := reopen(os.Getenv(dirVariable), &fakeKeychain{})
		if err := play(context.Background(), v); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func process(role, dir, keyFile, name string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-saves", strconv.Itoa(*saves))
	cmd.Env = append(os.Environ(), roleVariable+"="+role, dirVariable+"="+dir, keyVariable+"="+keyFile, nameVariable+"="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

// bare is a small connection with a counter in it.
func bare(name string, count int) connector.Connection {
	h, _, _ := connector.ParseHost(hostText, nil)
	return connector.Connection{
		Name: name, Host: h, Proof: connector.Proof{Summary: strconv.Itoa(count)},
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID, Secret: connector.NewSecret([]byte(secretText))},
	}
}

func count(c connector.Connection) int {
	n, err := strconv.Atoi(c.Proof.Summary)
	if err != nil {
		return -1
	}
	return n
}

// chooseAPassphrase goes through the choice with the most files.
func chooseAPassphrase(ctx context.Context, v *Vault) error {
	fmt.Println("ready")
	return v.InitPassphrase(ctx, connector.NewSecret([]byte(goodPhrase)))
}

// once are the deeds that saveOnce does. Each leaves the connection that the tracer asks for with the counter at 77.
var once = map[string]struct {
	target string
	do     func(context.Context, *Vault) error
}{
	"change": {target: numbered(1), do: func(ctx context.Context, v *Vault) error {
		c, err := v.Load(ctx, numbered(1))
		if err != nil {
			return err
		}
		c.Proof.Summary = "77"
		_, err = marked(func() (connector.Connection, error) { return v.Save(ctx, c) })
		return err
	}},
	"add": {target: "new", do: func(ctx context.Context, v *Vault) error {
		_, err := marked(func() (connector.Connection, error) { return v.Save(ctx, bare("new", 77)) })
		return err
	}},
	"finish a draft": {target: "new", do: func(ctx context.Context, v *Vault) error {
		waiting, _, err := v.Drafts(ctx)
		if err != nil || len(waiting) != 1 {
			return fmt.Errorf("%d drafts: %w", len(waiting), err)
		}
		_, err = marked(func() (connector.Connection, error) { return v.Finish(ctx, waiting[0].ID, bare("new", 77)) })
		return err
	}},
}

// marked does something between two marks that a tracer can see.
func marked[T any](do func() (T, error)) (T, error) {
	_, _ = os.Stat(markBegin)
	defer func() { _, _ = os.Stat(markEnd) }()
	return do()
}

// saveOnce does one deed and says how it ended.
func saveOnce(ctx context.Context, v *Vault) error {
	runtime.LockOSThread() // a tracer counts by thread
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	if limit := os.Getenv(limitVariable); limit != "" {
		if err := limitFiles(limit); err != nil {
			return err
		}
	}
	err := once[os.Getenv(nameVariable)].do(ctx, v)
	switch {
	case err == nil:
		fmt.Println("saved")
	case errors.Is(err, errUnconfirmed):
		fmt.Println("unconfirmed")
	case errors.As(err, new(*connector.Error)):
		fmt.Println("failed")
	default:
		return err
	}
	return nil
}

// sayTheFolder says where connections would be kept, or why nowhere.
func sayTheFolder(context.Context, *Vault) error {
	dir, err := DefaultDir()
	if err != nil {
		fmt.Println(err)
		return nil
	}
	fmt.Println("kept in", dir)
	return nil
}
