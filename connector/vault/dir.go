package vault

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/draftt-io/draftt-databricks/connector"
)

// homeVariable names another folder, for tests and demos.
const homeVariable = "DRAFTT_DATABRICKS_HOME"

const appName = "draftt-databricks"

// DefaultDir is the folder of a person's saved connections: $XDG_CONFIG_HOME/draftt-databricks or ~/.config/draftt-databricks on Linux,
// ~/Library/Application Support/draftt-databricks on macOS, and %LocalAppData%\draftt-databricks on Windows, where the roaming folder
// would travel to machines that the key in the Credential Manager does not reach. DRAFTT_DATABRICKS_HOME overrides all of them.
// It creates nothing. It returns an *connector.Error of kind ErrNoFolder when the environment names no home.
func DefaultDir() (string, error) { return defaultDir(runtime.GOOS, os.Getenv) }

func defaultDir(goos string, env func(string) string) (string, error) {
	if dir := env(homeVariable); dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return "", noFolder(homeVariable + " is a relative path and the current folder is unknown.")
		}
		return abs, nil
	}
	switch goos {
	case "windows":
		return under(env("LocalAppData"), "LocalAppData")
	case "darwin":
		return under(env("HOME"), "HOME", "Library", "Application Support")
	}
	// The XDG specification asks to ignore a relative path.
	if xdg := env("XDG_CONFIG_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, appName), nil
	}
	return under(env("HOME"), "HOME", ".config")
}

// under joins the application's folder below base, which came from the named variable.
func under(base, variable string, elem ...string) (string, error) {
	if base == "" {
		return "", noFolder(variable + " is not set, so there is no folder to keep connections in.")
	}
	return filepath.Join(append(append([]string{base}, elem...), appName)...), nil
}

func noFolder(what string) error {
	return &connector.Error{Kind: ErrNoFolder, What: what, Remedy: "Set " + homeVariable + " to a private folder."}
}
