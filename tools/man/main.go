// Command man writes the manual pages and the shell completions of draftt-databricks into a folder.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: man VERSION FOLDER")
		os.Exit(2)
	}
	if err := write(cmd.Commands(os.Args[1]), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write fills FOLDER/man and FOLDER/completions.
func write(root *cobra.Command, version, folder string) error {
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	if err := writePages(root, version, filepath.Join(folder, "man")); err != nil {
		return err
	}
	return writeCompletions(root, filepath.Join(folder, "completions"))
}

func writePages(c *cobra.Command, version, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make the folder of the pages: %w", err)
	}
	if !told(c) {
		return nil
	}
	if err := os.WriteFile(filepath.Join(folder, pageName(c)+".1"), []byte(page(c, version, day())), 0o644); err != nil {
		return fmt.Errorf("write the page of %s: %w", c.CommandPath(), err)
	}
	for _, sub := range c.Commands() {
		if err := writePages(sub, version, folder); err != nil {
			return err
		}
	}
	return nil
}

func writeCompletions(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make the folder of the completions: %w", err)
	}
	name := root.Name()
	for file, generate := range map[string]func(string) error{
		name + ".bash": func(path string) error { return root.GenBashCompletionFileV2(path, true) },
		"_" + name:     root.GenZshCompletionFile,
		name + ".fish": func(path string) error { return root.GenFishCompletionFile(path, true) },
		name + ".ps1":  root.GenPowerShellCompletionFileWithDesc,
	} {
		if err := generate(filepath.Join(folder, file)); err != nil {
			return fmt.Errorf("write the completions %s: %w", file, err)
		}
	}
	return nil
}
