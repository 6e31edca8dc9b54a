package vault

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// homeVariable names another folder, for tests and demos.
const homeVariable = "DRAFTT_DATABRICKS_HOME"

const appName = "draftt-databricks"

// DefaultDir is the folder of a person's saved connections: $XDG_CONFIG_HOME/draftt-databricks or ~/.config/draftt-databricks on Linux,
// ~/Library/Application Support/draftt-databricks on macOS, and %LocalAppData%\draftt-databricks on Windows, where the roaming folder
// would travel to machines that the key in the Credential Manager does not reach. DRAFTT_DATABRICKS_HOME overrides all of them.
// It creates nothing. It returns an *connector.Error, of kind ErrNoFolder when the environment names no home, and of kind ErrInput for a
// relative path.
func DefaultDir() (string, error) {
	for _, variable := range []string{homeVariable, "XDG_CONFIG_HOME"} {
		if named := os.Getenv(variable); named != "" {
			connector.Known().NoteFolder(named)
		}
	}
	return defaultDir(runtime.GOOS, os.Getenv)
}

func defaultDir(goos string, env func(string) string) (string, error) {
	if dir := env(homeVariable); dir != "" {
		return absolute(dir, homeVariable, env)
	}
	switch goos {
	case "windows":
		return under(env, "LocalAppData")
	case "darwin":
		return under(env, "HOME", "Library", "Application Support")
	}
	// The XDG specification asks to ignore a relative path.
	if xdg := env("XDG_CONFIG_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, appName), nil
	}
	return under(env, "HOME", ".config")
}

// under joins the application's folder below the one that the variable names.
func under(env func(string) string, variable string, elem ...string) (string, error) {
	base := env(variable)
	if base == "" {
		return "", noFolder(variable + " is not set, so there is no folder to keep connections in.")
	}
	base, err := absolute(base, variable, env)
	if err != nil {
		return "", err
	}
	return filepath.Join(append(append([]string{base}, elem...), appName)...), nil
}

// absolute is a folder that a variable names. A ~ that no shell expanded, and a path that leads elsewhere from each folder, are refused:
// what is saved under them is lost with the next cd. The error has the path that was meant.
func absolute(dir, variable string, env func(string) string) (string, error) {
	if filepath.IsAbs(dir) {
		return filepath.Clean(dir), nil
	}
	what := variable + " is not an absolute path."
	meant, err := filepath.Abs(dir)
	if rest, tilde := strings.CutPrefix(dir, "~"); tilde && (rest == "" || rest[0] == '/' || rest[0] == filepath.Separator) {
		what = variable + " begins with a ~ that no shell expanded."
		if meant = filepath.Join(cmp.Or(env("HOME"), env("USERPROFILE")), rest); !filepath.IsAbs(meant) {
			err = errRelative
		}
	}
	if err != nil {
		return "", &connector.Error{Kind: connector.ErrInput, What: what, Remedy: "Set it to an absolute path.", Cause: ErrNoFolder}
	}
	return "", &connector.Error{Kind: connector.ErrInput, What: what, Remedy: "Set it to " + connector.CleanLine(meant, 300) + ", or wherever it is meant to be.", Cause: ErrNoFolder}
}

var errRelative = errors.New("the home folder is relative")

func noFolder(what string) error {
	return &connector.Error{Kind: ErrNoFolder, What: what, Remedy: "Set " + homeVariable + " to a private folder."}
}
