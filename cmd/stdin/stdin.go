// Package stdin is what a command line takes from standard input: files that are named -, secrets, keys. Standard input is there once, so
// whatever takes it is known by its mark before anything is read.
package stdin

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Named is the name of standard input in place of that of a file.
const Named = "-"

// takes is the annotation of a flag, or of a command for its arguments, with a value that makes it take standard input.
const takes = "takes-stdin"

// The first element of an annotation: what takes standard input under which value. A refusal has its reason and its remedy behind it.
const (
	file       = "file"       // where it is named -
	refused    = "refused"    // a file that cannot be
	whole      = "whole"      // where the flag is given
	descriptor = "descriptor" // where it is 0
)

var triggers = map[string]string{file: Named, refused: Named, whole: "true", descriptor: "0"}

// File adds a flag that names a file to read, or standard input.
func File(c *cobra.Command, path *string, name, does string) {
	c.Flags().StringVar(path, name, "", does+"; - is standard input")
	mark(c.Flags(), name, file)
	_ = c.MarkFlagFilename(name)
}

// Argument has the arguments of a command name files to read, or standard input.
func Argument(c *cobra.Command) {
	if c.Annotations == nil {
		c.Annotations = map[string]string{}
	}
	c.Annotations[takes] = file
}

// Never says why the file of a flag cannot come from standard input, and what to do instead.
func Never(flags *pflag.FlagSet, name, why, remedy string) { mark(flags, name, refused, why, remedy) }

// Whole marks flags that read standard input when they are given.
func Whole(flags *pflag.FlagSet, name string) { mark(flags, name, whole) }

// Descriptor marks flags that read the file descriptor which they name.
func Descriptor(flags *pflag.FlagSet, name string) { mark(flags, name, descriptor) }

// Takes reports a flag that may take standard input, or says why it cannot.
func Takes(f *pflag.Flag) bool { return len(f.Annotations[takes]) > 0 }

func mark(flags *pflag.FlagSet, name string, how ...string) {
	_ = flags.SetAnnotation(name, takes, how)
}

// Check refuses a command line that standard input cannot serve. terminal says that it is one.
func Check(c *cobra.Command, args []string, terminal bool) error {
	var takers, files []string
	var err error
	if c.Annotations[takes] == file && slices.Contains(args, Named) {
		takers, files = append(takers, c.Name()+" "+Named), append(files, c.Name()+" "+Named)
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		how := f.Annotations[takes]
		if len(how) == 0 || f.Value.String() != triggers[how[0]] {
			return
		}
		taker := "--" + f.Name
		takers = append(takers, taker)
		switch how[0] {
		case refused:
			err = problem(how[1], how[2])
		case file:
			files = append(files, taker+" "+Named)
		}
	})
	switch {
	case err != nil:
		return err
	case len(takers) > 1:
		return problem(fmt.Sprintf("%s and %s would both be read from standard input.", takers[0], takers[1]), "Give one of them a file, or another file descriptor.")
	case len(files) > 0 && terminal:
		return problem(files[0]+" reads standard input, which is a terminal.", "Name the file, or send it there with < or |.")
	}
	return nil
}

func problem(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
