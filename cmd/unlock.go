package cmd

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// idleVariable says for how long the saved connections stay unlocked without being used, where --for does not.
const idleVariable = "DRAFTT_DATABRICKS_UNLOCK"

// longestIdle is a week: whoever wants longer wants a key file.
const longestIdle = 7 * 24 * time.Hour

// idle is how long a passphrase need not be typed again.
func idle() (time.Duration, error) {
	text, set := os.LookupEnv(idleVariable)
	if !set || text == "" {
		return vault.DefaultIdle, nil
	}
	return parseIdle(text, idleVariable)
}

func parseIdle(text, from string) (time.Duration, error) {
	if text == "never" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Minute || d > longestIdle {
		return 0, usage(fmt.Sprintf("%s does not say for how long.", from), "Give a time from 1m to 168h, for example 15m or 8h, or never.")
	}
	return d, nil
}

func (a *app) unlock() *cobra.Command {
	var long string
	c := &cobra.Command{
		Use: "unlock", Short: "Type the passphrase once, for every command until it was not needed for a while", Args: meant.NoArgs,
		Long: "Type the passphrase once. Commands of this login session need it no more until none was used for the time given, " + words.Span(vault.DefaultIdle) + "\n" +
			"unless something else is said, or until draftt-databricks lock. The key is held by the system for this login session, on Linux\n" +
			"in the kernel's keyring, on Windows in the Credential Manager of this session, and never in a file.\n" +
			"DRAFTT_DATABRICKS_UNLOCK sets the time for good, and with never every command asks.",
		RunE: func(c *cobra.Command, _ []string) error {
			v, err := a.vault()
			if err != nil {
				return err
			}
			if long != "" {
				d, err := parseIdle(long, "--for")
				if err != nil {
					return err
				}
				if _, err := v.Lock(); err != nil { // what is remembered has a time of its own
					return err
				}
				v.StayUnlocked(d)
			}
			switch p, chosen, err := v.Protection(); {
			case err != nil:
				return err
			case !chosen:
				return a.say("Nothing was ever saved here, so there is nothing to unlock.")
			case p != vault.Passphrase:
				return a.say("The saved connections are opened by the %s and need no passphrase.", p.Label())
			}
			if err := a.open(c.Context(), v); err != nil {
				return err
			}
			if v.Idle() == 0 {
				return a.say("The passphrase is right. This system keeps no key for a login session, or was told not to, so each command asks for it.")
			}
			return a.say("Unlocked until it was not used for %s. draftt-databricks lock ends it now.", words.Span(v.Idle()))
		},
	}
	c.Flags().StringVar(&long, "for", "", "how long without being used, for example 8h; never asks every time")
	completes(c, "for", "15m", "1h", "8h", "never")
	return c
}

func (a *app) lock() *cobra.Command {
	return &cobra.Command{
		Use: "lock", Short: "Have the next command ask for the passphrase again", Args: meant.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v, err := a.vault()
			if err != nil {
				return err
			}
			was, err := v.Lock()
			switch {
			case err != nil:
				return err
			case !was:
				return a.say("Nothing was unlocked.")
			}
			return a.say("Locked. The next command asks for the passphrase.")
		},
	}
}
