package cmd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// handOff writes the packets. A file that is there already and says something else stays, unless it may be replaced.
func (a *app) handOff(q *setup.GrantsCheck, seen setup.GrantsView, f grantsFlags) error {
	packets, err := q.Packets(seen)
	if err != nil {
		return err
	}
	if seen.Obstacle != "" {
		return &exitError{code: check.ExitPermissions, err: errors.New(seen.Obstacle)}
	}
	if len(packets) == 0 {
		_, err := fmt.Fprintln(a.out, "Nothing is missing, so nobody has to be asked.")
		return err
	}
	if err := os.MkdirAll(f.handoff, 0o755); err != nil {
		return usage("The folder could not be made: "+connector.Said(err, 300)+".", "Give another folder.")
	}
	for _, p := range packets {
		files := [][2]string{{p.Name, p.Text}}
		if p.SQLName != "" {
			files = append(files, [2]string{p.SQLName, p.SQL})
		}
		for _, file := range files {
			if err := a.keepFile(filepath.Join(f.handoff, file[0]), []byte(file[1]), f.overwriting); err != nil {
				return err
			}
		}
	}
	return nil
}
