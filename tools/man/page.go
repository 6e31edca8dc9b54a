package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector/glossary"
)

// told reports whether a command has a page of its own. help says nothing that the pages do not.
func told(c *cobra.Command) bool {
	return c.IsAvailableCommand() && c.Name() != "help" || !c.HasParent()
}

// pageName is the name of a command's page, as git and others name theirs: draftt-databricks-test.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// page is the manual page of a command in the language of man.
func page(c *cobra.Command, version, date string) string {
	var b strings.Builder
	b.WriteString(heading(c, version, date))
	b.WriteString(".nh\n.ad l\n")
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", escape(pageName(c)), escape(c.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", escape(c.UseLine()))
	b.WriteString(".SH DESCRIPTION\n" + paragraphs(described(c)))
	if c.HasExample() {
		b.WriteString(".SH EXAMPLES\n" + literal(c.Example))
	}
	options(&b, "OPTIONS", c.NonInheritedFlags())
	options(&b, "OPTIONS OF EVERY COMMAND", c.InheritedFlags())
	status(&b, c)
	commands(&b, c)
	related(&b, c)
	return b.String()
}

func described(c *cobra.Command) string {
	switch {
	case c.Name() == "words":
		return glossary.Text(glossary.OnScreens)
	case c.Long != "":
		return c.Long
	}
	return c.Short + "."
}

// column is a line that is set in, with what it is about in front.
var column = regexp.MustCompile(`^ +(\S.*?) {2,}(\S.*)$`)

// paragraphs keeps blank lines, makes a list of lines that are set in with two columns, and leaves others that are set in as they stand.
func paragraphs(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\t", "  ")), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		for line := range strings.Lines(part) {
			line = strings.TrimRight(line, "\n")
			switch row := column.FindStringSubmatch(line); {
			case row != nil:
				fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", escape(row[1]), escape(row[2]))
			case strings.HasPrefix(line, "  "):
				b.WriteString(literal(line))
			default:
				b.WriteString(escape(line) + "\n")
			}
		}
	}
	return b.String()
}

func literal(text string) string { return ".nf\n" + escape(strings.TrimRight(text, "\n")) + "\n.fi\n" }

func options(b *strings.Builder, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, ".SH %s\n", title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		kind, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", escape(name))
		if kind != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", escape(kind))
		}
		fmt.Fprintf(b, "\n%s\n", escape(usage))
	})
}

// status is what the page says of exit codes.
func status(b *strings.Builder, c *cobra.Command) {
	codes, _ := exits.Of(strings.TrimSpace(strings.TrimPrefix(c.CommandPath(), c.Root().Name())))
	b.WriteString(".SH EXIT STATUS\n")
	for _, code := range codes {
		fmt.Fprintf(b, ".TP\n\\fB%d\\fR\n%s\n", code.Number, escape(code.Meaning))
	}
}

func commands(b *strings.Builder, c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	b.WriteString(".SH COMMANDS\n")
	for _, sub := range c.Commands() {
		if told(sub) {
			fmt.Fprintf(b, ".TP\n\\fB%s\\fR\n%s\n", escape(sub.Name()), escape(sub.Short))
		}
	}
}

// related names the pages above and below.
func related(b *strings.Builder, c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, pageName(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if told(sub) {
			pages = append(pages, pageName(sub))
		}
	}
	for i, name := range pages {
		pages[i] = fmt.Sprintf("\\fB%s\\fR(1)", escape(name))
	}
	if len(pages) > 0 {
		b.WriteString(".SH SEE ALSO\n" + strings.Join(pages, ",\n") + "\n")
	}
}

var specials = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "–", `\(en`, "›", ">", "→", "->", "·", `\(bu`)

// escape keeps man from reading text as its own words: a line that begins with a dot would be one.
func escape(text string) string {
	lines := strings.Split(specials.Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
