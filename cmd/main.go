// Package cmd is the command line: one small file per command, which parses, calls and prints. What a command does lives in steps and
// connector.
package cmd

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/cmd/inventory"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/partners"
	"github.com/draftt-io/draftt-databricks/cmd/record"
	"github.com/draftt-io/draftt-databricks/cmd/reference"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/cmd/tokens"
	"github.com/draftt-io/draftt-databricks/cmd/values"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/ui/script"
)

// app is what every command shares.
type app struct {
	version string
	in      *os.File
	out     outlet.Outlet
	piped   outlet.Outlet // standard output, while it is given to a file that was asked for there
	err     io.Writer
	style   console.Style // without colour until it is known whether somebody sees it
	flags   globalFlags
	record  *record.Recorder   // nil: none is kept
	debug   *record.Recorder   // nil: none is kept
	lines   *bufio.Reader      // answers of a script to questions line by line; nil without one
	opened  *vault.Vault       // the saved connections, where the home screen has opened them; nil otherwise
	ended   <-chan struct{}    // closed when a signal ends the program; nil: no signal does
	stage   *setup.Environment // of the demo that is played; nil outside one
	player  *script.Player     // presses keys from a script; nil without one
	behind  func()             // what the next screen does not need for its first frame, done once that is seen; nil for nothing

	line []string       // the command line
	ran  *cobra.Command // that it names; nil before that is known
	told bool           // a whole document was printed

	at    atomic.Pointer[place.At]      // what the command is about; nil before that is known
	shown atomic.Pointer[tea.Program]   // the screen that is on
	fault atomic.Pointer[contain.Fault] // what ends the program

	asking   atomic.Pointer[prompt.Terminal] // that questions are asked at line by line; nil before the first
	mistyped bool                            // a passphrase was wrong, so what is typed ahead may be another one

	wait func(context.Context, time.Duration) error // instead of the clock, for tests
}

// globalFlags concern every command.
type globalFlags struct {
	plain   bool
	keyFile string
	keyFD   int
	share   bool
	record  string
	debug   string
	quiet   bool
	form    values.Flags
}

func (f *globalFlags) register(root *cobra.Command) {
	f.form.Register(root)
	completes(root, "output", values.Forms...)
	flags := root.PersistentFlags()
	flags.BoolVar(&f.plain, "plain", false, "line by line, nothing redrawn; also set by ACCESSIBLE or TERM=dumb")
	flags.StringVar(&f.record, "record", "", "write a readable timeline of this session to this new file; names are aliases in it, and it never holds a secret")
	flags.StringVar(&f.debug, "debug", "", "write each request and how it was answered to this new file, under the rules of --record")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing but errors, and ask nothing: the exit code tells")
	flags.BoolVar(&f.share, "share", false, "show aliases in place of hosts, names, IDs and values, for a shared screen or a recording")
	flags.StringVar(&f.keyFile, "key-file", "", "open the saved connections with the age identity in this file")
	flags.IntVar(&f.keyFD, "key-fd", -1, "open the saved connections with the age identity on this file descriptor")
	stdin.Never(flags, "key-file", "A key file is kept, and standard input is there once.", "Give the key there with --key-fd 0, or name the file.")
	stdin.Descriptor(flags, "key-fd")
	for _, name := range []string{"record", "debug", "key-file"} {
		_ = root.MarkPersistentFlagFilename(name)
	}
}

// memoryWanted is where collecting garbage becomes worth more time, so that a few large answers one after the other do not add up. What is
// really needed, as for a list of a hundred thousand names, may be more.
const memoryWanted = 80 << 20

// Main runs the command line and returns the exit code.
func Main(version string, args []string) int {
	quietLibraries()
	debug.SetMemoryLimit(memoryWanted)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	a := &app{version: version, in: os.Stdin, out: os.Stdout, err: os.Stderr, ended: ctx.Done(), line: args}
	return a.guarded(func() int {
		root := a.root()
		root.SetArgs(args)
		return a.report(root.ExecuteContext(ctx))
	})
}

// quietLibraries keeps what libraries write on their own out of the frame, and secrets out of what they would trace: the terminal library
// writes every pasted byte to the file that TEA_TRACE names.
func quietLibraries() {
	log.SetOutput(io.Discard)
	zerolog.SetGlobalLevel(zerolog.Disabled)
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG", "DATABRICKS_DEBUG_HEADERS", "DATABRICKS_DEBUG_TRUNCATE_BYTES"} {
		_ = os.Unsetenv(name)
	}
}

// root is the command tree. The bare command is the home screen, or setup where nothing is saved.
func (a *app) root() *cobra.Command {
	a.out, a.err = outlet.Veiled{Outlet: a.out}, outlet.VeiledErrors{Writer: a.err} // first: what cannot be parsed is repeated as well
	root := &cobra.Command{
		Use:   "draftt-databricks",
		Short: "Connect Draftt to Azure Databricks, read-only",
		Long: "Connect Draftt, a read-only inventory connector, to Azure Databricks.\n\n" +
			"Without a command it shows the saved connections. Where there are none it walks through the five steps:\n" +
			"connect, choose a SQL warehouse, choose catalog and schema, grant and prove read access, review and save.",
		SilenceUsage: true, SilenceErrors: true,
		Args: a.commandOrNothing,
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(a.flagRefused)
	a.flags.register(root)
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if err := cmp.Or(meant.Strays(c, args), meant.Empty(c), meant.Dash(c, streams), stdin.Check(c, args, term.IsTerminal(a.in.Fd()))); err != nil {
			return err
		}
		a.beginSharing(c, args)
		if err := a.beginLogs(c); err != nil {
			return err
		}
		a.beginColour(c)
		return a.divert(c)
	}
	setup := a.setup()
	root.Flags().AddFlagSet(setup.Flags())
	root.RunE = a.bareCommand(setup)
	root.AddCommand(setup, a.demo(), a.list(), a.show(), a.test(), a.sync(), a.schedule(), a.doctor(), a.edit(), a.rename(), a.export(), a.importCommand(), a.explain(), a.bundle(), a.delete(), a.versionCommand())
	root.AddCommand(a.grants(), a.audit(), a.principal(), a.provision(), a.rotate(), a.disconnect(), partners.Command(a.desk()), a.unlock(), a.lock(), a.words(), reference.Command(a.desk()))
	root.AddCommand(tokens.Commands(a.desk())...)
	root.AddCommand(inventory.All(inventory.Face{
		Desk: a.desk(), Reach: a.reaches, Env: a.environment, Vault: a.unlocked, KeyFile: func() string { return a.flags.keyFile }, Names: a.completeNames,
	})...)
	a.ownHelp(root)
	a.pagedHelp(root)
	exits.Tell(root)
	meant.Before(root, a.choose)
	a.versionFlag(root)
	return root
}

// Commands is the tree of all commands, for tools that write it down as pages or completions.
func Commands(version string) *cobra.Command {
	return (&app{version: version, in: os.Stdin, out: os.Stdout, err: os.Stderr}).root()
}
