// Package exits is the one table of exit codes: what each means, and which of them a command can end with. Help, manual pages and the page
// for people are made from it.
package exits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/words"
)

// Exit codes that are not a failed stage. Those of stages stand with the causes in connector/check.
const (
	OK         = 0
	NoTerminal = 2
	Unseen     = 51 // nothing was found that should not be there, and not everything could be seen
	Usage      = 64
	Refused    = 65 // a plan cannot be made or carried out: something depends on it, or the workspace refused a step
	Taken      = 66 // another connection has the name already
	Files      = 73 // the files of a sync or an inventory could not be written or read
	Open       = 74 // a sync in shards is not read whole
	Later      = 75 // the time of an inventory was over, and the next run goes on from there
	Internal   = check.ExitFault
	Left       = 130 // the person left, as after Ctrl+C in any program
)

// Code is an exit code and what it means.
type Code struct {
	Number  int
	Meaning string
}

// Codes are all that there are, in order.
var Codes = []Code{
	{OK, "all is well"},
	{check.ExitUnknown, "a stage failed in a way that no cause is known of"},
	{NoTerminal, "the set-up was started without a terminal"},
	{check.ExitNetwork, "network"},
	{check.ExitTLS, "certificate"},
	{check.ExitNotWorkspace, "not a workspace, or its network rules keep this address out"},
	{check.ExitAuth, "sign-in refused"},
	{check.ExitIdentity, "principal inactive, not in this workspace, or without the entitlement"},
	{check.ExitWarehouse, "SQL warehouse not usable"},
	{check.ExitNotRunning, "SQL warehouse not running"},
	{check.ExitPermissions, "a Unity Catalog privilege is missing"},
	{check.ExitBeyond, "the principal holds more than read-only needs, or an inventory has a finding"},
	{Unseen, "nothing of that kind was found, and not everything could be seen"},
	{check.ExitExpiring, "everything works, and the secret ends within seven days; a set-up has saved the connection then"},
	{Usage, "the command line is wrong, or names a connection that is not there"},
	{Refused, "a plan cannot be made or carried out: something depends on it, or the workspace refused a step"},
	{Taken, "another connection has the name already; nothing was changed"},
	{Internal, "saved connections could not be opened, or a fault in the program"},
	{Files, "the files of a sync or an inventory could not be written or read: the folder, the disk, or another run that writes there"},
	{Open, "a sync in shards is open there: some of them are left to read, or it is of other options"},
	{Later, "the time of an inventory was over; the next run goes on from there"},
	{Left, "you left, with Ctrl+C or at a question"},
}

// Meaning is what a code means, as a sentence.
func Meaning(number int) string {
	for _, code := range Codes {
		if code.Number == number {
			return words.UpperFirst(code.Meaning) + "."
		}
	}
	return ""
}

// Groups of codes that commands end with for the same reason.
var (
	always    = []int{OK, Usage, Internal}
	opens     = []int{Left} // a passphrase can be asked for
	way       = []int{check.ExitUnknown, check.ExitNetwork, check.ExitTLS, check.ExitNotWorkspace, Left}
	signsIn   = append([]int{check.ExitAuth, check.ExitIdentity, check.ExitPermissions}, way...)
	asks      = append([]int{Refused}, signsIn...)
	walks     = append([]int{check.ExitWarehouse, check.ExitNotRunning, check.ExitBeyond, check.ExitExpiring}, signsIn...)
	certifies = append([]int{check.ExitBeyond, Unseen}, signsIn...)
)

// of are the codes of each command, besides those that every command has.
var of = map[string][]int{
	"": slices.Concat(walks, []int{NoTerminal, Taken}), "setup": slices.Concat(walks, []int{NoTerminal, Taken}), "import": slices.Concat(walks, []int{Taken}),
	"sync": slices.Concat(walks, []int{Files, Open}), "sync join": {check.ExitUnknown, Files, Open, Left}, "test": walks, "doctor": way, "demo": walks,
	"list": opens, "show": opens, "export": opens, "delete": opens, "unlock": opens, "lock": nil,
	"schedule": opens, "rename": append([]int{Taken}, opens...), "edit": {NoTerminal, Left},
	"inventory": nil, "inventory run": slices.Concat(signsIn, []int{Files, Later}), "inventory status": {Files}, "inventory show": {Files}, "inventory check-ip": {Files}, "inventory diff": {Files},
	"inventory export": {Files}, "inventory findings": {Unseen, Files, Left}, "inventory check": {check.ExitBeyond, Unseen, Files, Left},
	"inventory schedule": opens,
	"bundle":             nil, "bundle create": opens, "bundle open": opens,
	"grants": signsIn, "audit": certifies, "principal": append([]int{Refused}, signsIn...),
	"provision": slices.Concat(walks, certifies, []int{Refused, Taken}), "rotate": append([]int{Refused}, walks...), "disconnect": append([]int{Refused}, signsIn...),
	"tokens": nil, "tokens list": asks, "tokens levels": asks, "tokens who": asks, "tokens can": asks, "tokens export": asks, "tokens watch": asks, "tokens plan": asks,
	"tokens grant": asks, "tokens remove": asks, "tokens replace": asks, "tokens create": asks, "tokens delete": asks, "tokens settings": asks,
	"passwords": nil, "passwords levels": asks, "passwords who": asks, "passwords can": asks, "passwords export": asks, "passwords watch": asks, "passwords plan": asks,
	"passwords grant": asks, "passwords remove": asks, "passwords replace": asks,
	"partners": nil, "partners show": nil, "partners list": signsIn, "partners catalogs": signsIn, "partners orphans": signsIn,
	"partners check": append([]int{check.ExitBeyond}, signsIn...), "partners plan": append([]int{Refused}, signsIn...),
	"partners disconnect": append([]int{Refused}, signsIn...), "partners move-to-oauth": append([]int{Refused}, signsIn...),
	"explain": {Left}, "version": nil, "words": nil, "help": nil,
	"access": nil, "access who": {Files}, "access what": {Files}, "access why": {Files}, "access can": {Files},
	"docs": nil, "docs roles": nil, "docs levels": nil, "docs matrix": nil, "docs privileges": nil, "docs references": nil, "docs tokens": nil,
	"completion": nil, "completion bash": nil, "completion zsh": nil, "completion fish": nil, "completion powershell": nil,
}

// Of are the codes that a command can end with, in order, and whether the table knows it. The command is named without the program, as in
// "bundle create"; the bare program is the empty name.
func Of(command string) (codes []Code, known bool) {
	numbers, known := of[command]
	for _, code := range Codes {
		if slices.Contains(always, code.Number) || slices.Contains(numbers, code.Number) {
			codes = append(codes, code)
		}
	}
	return codes, known
}

// Commands are the names of all that the table knows, in order.
func Commands() (names []string) {
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Lines are codes as help shows them, a line for each.
func Lines(codes []Code) string {
	lines := make([]string, len(codes))
	for i, code := range codes {
		lines[i] = fmt.Sprintf("  %3d  %s", code.Number, code.Meaning)
	}
	return strings.Join(lines, "\n")
}

// Tell has the help of every command name its exit codes.
func Tell(root *cobra.Command) {
	usage := root.UsageFunc()
	root.SetUsageFunc(func(c *cobra.Command) error {
		if err := usage(c); err != nil {
			return err
		}
		codes, known := Of(Name(c))
		if !known {
			return nil
		}
		_, err := fmt.Fprintf(c.OutOrStderr(), "\nExit codes:\n%s\n", Lines(codes))
		return err //nolint:wrapcheck // the terminal's or the pipe's own
	})
}

// Name is the name of a command without that of the program.
func Name(c *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(c.CommandPath(), c.Root().Name()))
}

// Page is the page for people.
func Page() string {
	var b strings.Builder
	b.WriteString("# Exit codes\n\nThis page is generated: `go test ./cmd -run PageOf -update`. The first broken stage decides; with `test --all` it is the smallest code,\n" +
		"which is that of the stage closest to the start. `--help` of a command names its own.\n\n| code | meaning | commands |\n|---|---|---|\n")
	for _, code := range Codes {
		var commands []string
		for _, name := range Commands() {
			if slices.Contains(of[name], code.Number) && name != "" {
				commands = append(commands, "`"+name+"`")
			}
		}
		commands = families(commands)
		if slices.Contains(always, code.Number) {
			commands = []string{"all"}
		}
		fmt.Fprintf(&b, "| %d | %s | %s |\n", code.Number, code.Meaning, strings.Join(commands, ", "))
	}
	return b.String()
}

// families puts those below one command together where all of them are there.
func families(commands []string) (out []string) {
	below := func(of []string, above string) (n int) {
		for _, name := range of {
			if strings.HasPrefix(strings.Trim(name, "`"), above+" ") {
				n++
			}
		}
		return n
	}
	for _, name := range commands {
		above, _, is := strings.Cut(strings.Trim(name, "`"), " ")
		if n := below(commands, above); !is || n < 4 || n < below(Commands(), above) {
			out = append(out, name)
		} else if family := "`" + above + " …`"; !slices.Contains(out, family) {
			out = append(out, family)
		}
	}
	return out
}
