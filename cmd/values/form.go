package values

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The forms of --output.
const (
	Text = "text"
	JSON = "json"
	YAML = "yaml"
)

// Forms are all of them.
var Forms = []string{Text, JSON, YAML}

// Flags say in which form a command prints. They hold for every command that has --json.
type Flags struct{ Output, Field string }

// Register adds the flags to every command.
func (f *Flags) Register(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVarP(&f.Output, "output", "o", Text, "print as text, json or yaml")
	flags.StringVar(&f.Field, "field", "", "print one value of the JSON alone, by its path, as in stages.3.state")
}

// Choose has the command print JSON where its form is made of that. instead names what -o may be taken for.
func (f *Flags) Choose(c *cobra.Command, instead string) error {
	output, asJSON := c.Flags().Lookup("output"), c.Flags().Lookup("json")
	asked := output.Changed
	f.Output = strings.ToLower(f.Output)
	switch {
	case !asked && f.Field == "":
		return nil
	case asked && !slices.Contains(Forms, f.Output):
		typed := connector.CleanLine(f.Output, 20)
		return refuse(fmt.Sprintf("%q is no form.", typed), nearest(typed)+cmp.Or(instead, "Give -o text, -o json or -o yaml."))
	case asked && f.Output == Text && f.Field != "":
		return refuse("--field picks a value of the JSON, and -o text prints none.", "Leave -o out.")
	case asked && asJSON != nil && asJSON.Changed && f.Output != JSON:
		return refuse("--json and -o "+f.Output+" ask for two forms.", "Give one of them.")
	case asked && f.Output == Text:
		return nil
	case asJSON == nil:
		return TextAlone(c.CommandPath(), instead)
	}
	return c.Flags().Set("json", "true") //nolint:wrapcheck // a flag that is there takes it
}

// Seek takes the form from a command line that could not be read to its end, so that what is wrong with it is told in that form wherever
// the form stands.
func (f *Flags) Seek(args []string) {
	for i, arg := range args {
		value, given := "", ""
		switch name, after, joined := strings.Cut(arg, "="); {
		case arg == "--":
			return
		case arg == "--json":
			value = JSON
		case joined && (name == "--output" || name == "-o"):
			value = after
		case (arg == "--output" || arg == "-o") && i+1 < len(args):
			value = args[i+1]
		case strings.HasPrefix(arg, "-o"):
			value = strings.TrimPrefix(arg, "-o")
		case joined && name == "--field":
			given = after
		case arg == "--field" && i+1 < len(args):
			given = args[i+1]
		}
		if value = strings.ToLower(value); value == JSON || value == YAML {
			f.Output = value
		}
		f.Field = cmp.Or(given, f.Field)
	}
}

// Asked reports whether a whole document is asked for, which one picked value is not.
func (f *Flags) Asked(c *cobra.Command) bool {
	asJSON := c.Flags().Lookup("json")
	return f.Field == "" && (slices.Contains([]string{JSON, YAML}, strings.ToLower(f.Output)) || asJSON != nil && asJSON.Value.String() == "true")
}

// TextAlone refuses another form than text.
func TextAlone(what, instead string) error {
	return refuse(what+" prints text alone.", strings.TrimSpace("Leave -o and --field out. "+instead))
}

// Of is encoded JSON in the form that was asked for.
func (f *Flags) Of(encoded []byte) ([]byte, error) {
	encoded = connector.EscapeJSON(encoded)
	if f.Field == "" && f.Output != YAML {
		return encoded, nil
	}
	value, err := Read(encoded)
	if err != nil {
		return nil, fmt.Errorf("read what was to be printed: %w", err)
	}
	if f.Field != "" {
		if value, err = value.Pick(f.Field); err != nil {
			return nil, err
		}
		if text, single := value.Text(); single {
			return []byte(text + "\n"), nil
		}
	}
	if f.Output == YAML {
		return value.YAML()
	}
	return value.JSON()
}

// nearest is the form that was most likely meant.
func nearest(typed string) string {
	for _, near := range connector.Nearest(typed, Forms, 1) {
		return fmt.Sprintf("Did you mean %q? ", near)
	}
	return ""
}

func refuse(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
