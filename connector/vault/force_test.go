package vault

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The counts of an ordinary run; a longer one is asked for with, for example, go test ./connector/vault -kills 10000.
var (
	kills   = flag.Int("kills", 40, "how often a writer is killed")
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

// writeForEver creates, changes and deletes until it is killed, and says what it did after each step: create ID, change ID COUNT, delete ID.
func writeForEver(ctx context.Context, v *Vault) error {
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	for step := 0; ; step++ {
		all, broken, err := v.List(ctx)
		if err != nil || len(broken) > 0 {
			return fmt.Errorf("list: %w, damaged: %v", err, broken)
		}
		switch {
		case len(all) < 5:
			c, err := v.Save(ctx, bare("writer "+randomID(), 0))
			if err != nil {
				return err
			}
			fmt.Println("create", c.ID)
		case step%7 == 6:
			if err := v.Delete(ctx, all[0].ID); err != nil {
				return err
			}
			fmt.Println("delete", all[0].ID)
		default:
			c := all[rand.IntN(len(all))]
			c.Proof.Summary = strconv.Itoa(count(c) + 1)
			if _, err := v.Save(ctx, c); err != nil {
				return err
			}
			fmt.Println("change", c.ID, count(c))
		}
	}
}

// saveOnce changes the one connection and adds another between two marks that a tracer can see, and says how it ended.
func saveOnce(ctx context.Context, v *Vault) error {
	runtime.LockOSThread() // a tracer counts by thread
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	c, err := v.Load(ctx, numbered(1))
	if err != nil {
		return err
	}
	if limit := os.Getenv(limitVariable); limit != "" {
		if err := limitFiles(limit); err != nil {
			return err
		}
	}
	c.Proof.Summary = "77"
	_, _ = os.Stat(markBegin)
	_, err = v.Save(ctx, c)
	_, _ = os.Stat(markEnd)
	switch {
	case err == nil:
		fmt.Println("saved")
	case errors.Is(err, errUnconfirmed):
		fmt.Println("unconfirmed")
	case errors.As(err, new(*Error)):
		fmt.Println("failed")
	default:
		return err
	}
	return nil
}

// counted is how often each process adds to the one counter; all collide there, so the effort grows with the square of the processes.
const counted = 4

// shareTheVault saves new connections, tries for one name that all want, and adds to one counter, with other processes doing the same.
func shareTheVault(ctx context.Context, v *Vault) error {
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	counter, err := v.Load(ctx, "Counter")
	if err != nil {
		return err
	}
	for i := range *saves {
		if _, err := v.Save(ctx, bare(fmt.Sprintf("%s %d", os.Getenv(nameVariable), i), i)); err != nil {
			return err
		}
		if _, err := v.Save(ctx, bare(fmt.Sprintf("Wanted %d", i), 0)); err == nil {
			fmt.Println("won", i)
		} else if !errors.Is(err, ErrNameTaken) {
			return err
		}
		if i >= counted {
			continue
		}
		if err := addOne(ctx, v, counter.ID); err != nil {
			return err
		}
	}
	return nil
}

// addOne tries again for as long as somebody else was faster.
func addOne(ctx context.Context, v *Vault, id string) error {
	for {
		c, err := v.Load(ctx, id)
		if err != nil {
			return err
		}
		c.Proof.Summary = strconv.Itoa(count(c) + 1)
		if _, err = v.Save(ctx, c); !errors.Is(err, ErrChangedElsewhere) {
			return err
		}
	}
}
