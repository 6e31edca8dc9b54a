package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/cmd/syncing"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/contract"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// contractFlags hold a test against what somebody expects of the connection.
type contractFlags struct {
	file, write string
	read        *contract.Contract // nil without a file
}

func (f *contractFlags) register(c *cobra.Command) {
	stdin.File(c, &f.file, "contract", "hold the connection against this contract as well, and name it there instead of here")
	outFlag(c, &f.write, "write-contract", "", "write what holds now as a contract to this new file")
}

// name is the connection that a test is about: the argument, or what the contract names.
func (f *contractFlags) name(a *app, args []string) (string, error) {
	if f.file != "" {
		from, err := a.named(f.file)
		if err != nil {
			return "", err
		}
		content, err := flatfile.Load(from, "The contract")
		if err != nil {
			return "", err
		}
		read, err := contract.Read(content)
		if err != nil {
			return "", err
		}
		f.read = &read
	}
	switch {
	case len(args) == 1:
		return args[0], nil
	case f.read != nil && f.read.Connection != "":
		return f.read.Connection, nil
	}
	return "", usage("Neither the command line nor the contract names a connection.", "Add its name, or connection: NAME to the contract.")
}

// nameOrContract wants one argument, which a contract can stand in for.
func (f *contractFlags) nameOrContract(c *cobra.Command, args []string) error {
	if len(args) == 0 && f.file != "" {
		return nil
	}
	return meant.ExactName(c, args)
}

// hold judges the contract, and writes a new one where that was asked for.
func (f *contractFlags) hold(ctx context.Context, a *app, t *setup.Test, results []check.Result, quiet bool) ([]contract.Clause, error) {
	if f.read == nil && f.write == "" {
		return nil, nil
	}
	now := t.Standing(ctx, results)
	if f.write != "" {
		if err := f.save(a, t.Saved, now, results, quiet); err != nil {
			return nil, err
		}
	}
	if f.read == nil {
		return nil, nil
	}
	if v, err := a.vault(); err == nil {
		now.Synced = sync.Newest((&syncing.Flags{}).Dir(v.Dir(), t.Saved))
	}
	return f.read.Clauses(t.Saved, now), nil
}

// say tells line by line how the contract turned out. It comes last, because it is what the exit code is about.
func (f *contractFlags) say(a *app, clauses []contract.Clause) {
	if f.read == nil {
		return
	}
	verdict := "holds"
	if broken(clauses) != nil {
		verdict = "does not hold"
	}
	_, _ = fmt.Fprintf(a.out, "\nThe contract %s %s.\n", connector.CleanLine(f.called(), 300), verdict)
	for _, c := range clauses {
		_, _ = fmt.Fprintln(a.out, contract.Line(c))
	}
}

func (f *contractFlags) save(a *app, one connector.Connection, now contract.Standing, results []check.Result, quiet bool) error {
	if check.Failure(results) != nil {
		return nil // what does not hold is no expectation; the failure was said
	}
	content, err := contract.Of(one, now).YAML()
	if err != nil {
		return err
	}
	if inFile, err := a.writeNew(f.write, content); err != nil || quiet || !inFile {
		return err
	}
	_, err = fmt.Fprintf(a.out, "Wrote the contract to %s.\n", connector.CleanLine(f.write, 300))
	return err
}

// called is the contract's file in a sentence.
func (f *contractFlags) called() string {
	if f.file == stdin.Named {
		return "on standard input"
	}
	return f.file
}

// broken is the exit code of the first clause that does not hold, or nil.
func broken(clauses []contract.Clause) error {
	for _, c := range clauses {
		if c.State == check.Failed {
			return &exitError{code: c.Exit, quiet: true}
		}
	}
	return nil
}
