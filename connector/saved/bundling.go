package saved

import (
	"bytes"
	"fmt"
	"os"
	"os/user"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// BundleName is the file that a bundle is written to where no other is named.
const BundleName = "draftt-bundle.tar.gz"

// BundleShown says what stands on the screen before a bundle is written.
const BundleShown = "Every file is shown as it would be written. Names are aliases, and there is no secret among them."

// told are the environment variables whose names a bundle may hold, when they are set. What they are set to never leaves.
var told = []string{
	"ACCESSIBLE", "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_COLOR", "NO_PROXY", "REDUCED_MOTION", "SSH_TTY", "SSL_CERT_DIR", "SSL_CERT_FILE", "TERM", "TMUX",
	"XDG_CONFIG_HOME",
}

// Bundled are the contents of a bundle before a test: what it tells of this machine and of a connection.
func Bundled(env setup.Environment, c connector.Connection) bundle.Contents {
	NoteMachine()
	contents := bundle.Contents{
		Program:    bundle.Program{Version: env.Version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Terminal: os.Getenv("TERM")},
		Connection: bundle.LinesOf(c),
	}
	if env.Demo != nil {
		contents.Connection = slices.Insert(contents.Connection, 0, bundle.Line{Label: "Demo", Text: "the workspace is part of the program"})
	}
	for _, name := range told {
		if os.Getenv(name) != "" || os.Getenv(strings.ToLower(name)) != "" {
			contents.Environment = append(contents.Environment, name)
		}
	}
	return contents
}

// NoteMachine makes who and what runs this a sensitive value, since paths and errors name them.
func NoteMachine() {
	if who, err := user.Current(); err == nil {
		connector.Known().Note(connector.KindUser, who.Username)
	}
	if name, err := os.Hostname(); err == nil {
		connector.Known().Note(connector.KindHost, name)
	}
}

// Bundling is the test of a saved connection that a bundle tells of, with a list of its requests. Close it when done.
type Bundling struct {
	*setup.Test
	contents bundle.Contents
	mu       sync.Mutex
	requests []workspace.Exchange
}

// NewBundling prepares the test. No request is made before it is climbed.
func NewBundling(env setup.Environment, c connector.Connection) (*Bundling, error) {
	b := &Bundling{contents: Bundled(env, c)}
	seen := env.Network.Seen
	env.Network.Seen = func(e workspace.Exchange) {
		if seen != nil {
			seen(e)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.requests = append(b.requests, e)
	}
	var err error
	b.Test, err = env.Test(c, false)
	return b, err
}

// Contents are what the bundle tells, once the test was concluded with these results.
func (b *Bundling) Contents(results []check.Result) bundle.Contents {
	b.mu.Lock()
	defer b.mu.Unlock()
	contents := b.contents
	contents.Stages, contents.Verdict, contents.Requests = bundle.StagesOf(results), setup.VerdictLine(b.Proof()), slices.Clone(b.requests)
	return contents
}

// MakeBundle makes the bundle of a connection, with aliases in place of every value that this program knows; see bundle.Make.
func MakeBundle(contents bundle.Contents, c connector.Connection) (*bundle.Bundle, error) {
	return bundle.Make(contents, connector.Known(), c.Credentials.Secret)
}

// BundleText is everything that a bundle will hold, for a person to look at before it is written.
func BundleText(made *bundle.Bundle) string {
	var b strings.Builder
	b.WriteString("The bundle will hold:\n")
	for _, file := range made.Files() {
		fmt.Fprintf(&b, "  %-14s %s bytes\n", file.Name, words.Thousands(len(file.Text)))
	}
	for _, file := range made.Files() {
		fmt.Fprintf(&b, "\n--- %s\n%s", file.Name, file.Text)
	}
	return b.String()
}

// PackedBundle is a bundle as the bytes of its file.
func PackedBundle(made *bundle.Bundle) ([]byte, error) {
	var archive bytes.Buffer
	err := made.Write(&archive)
	return archive.Bytes(), err
}

// WriteBundle writes a bundle to a new private file; errors are those of WriteNew.
func WriteBundle(made *bundle.Bundle, path string) error {
	packed, err := PackedBundle(made)
	if err != nil {
		return err
	}
	return WriteNew(path, packed)
}

// BundleWritten says that a bundle was written.
func BundleWritten(path string) string {
	path = connector.CleanLine(path, 300)
	return fmt.Sprintf("Written to %s. It was searched for the secrets of this connection and the names that are its own, and has none.\nLook into it:  draftt-databricks bundle open %s", path, words.CommandArgument(path))
}
