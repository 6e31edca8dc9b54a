package home

import (
	"context"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// here is the path of a file in the folder that this program was started in.
func (h *Screen) here(name string) string { return filepath.Join(h.folder, name) }

// fileContent is what is written to a file that a person names.
type fileContent struct {
	Title, Text string
	Name        string // of the file, where no other is given
	Write       func(path string) error
	Wrote       func(path string) string // tells that it was written
	Leave       ui.Move                  // where it goes on then
}

// newFilePanel asks for the file, and writes it. Where that is refused the form stays.
func (h *Screen) newFilePanel(content fileContent) ui.Panel {
	path := h.here(content.Name)
	return ui.NewFormPanel(h.theme, ui.FormContent{
		Title: content.Title, Text: content.Text, Does: "write it", Doing: "Writing it", Failed: panels.Trouble,
		Form: ui.NewForm(fileField(h.theme, &path)),
		Submit: func() func(context.Context) error {
			to := path
			return func(context.Context) error { return content.Write(to) }
		},
		Done: func() (ui.Move, tea.Cmd) {
			h.say(content.Wrote(path), false)
			return content.Leave, nil
		},
	})
}

// fileField is a line for the path of a file.
func fileField(theme *ui.Theme, path *string) ui.FormField {
	return ui.FormField{Input: ui.NewHuhText(theme, "File", "its path", path), Problem: func() error {
		if *path == "" {
			return errNoFile
		}
		return nil
	}}
}

var errNoFile = &connector.Error{Kind: connector.ErrInput, What: "No file is named yet."}

// newExportPanel writes a saved connection to a file, without its secret.
func newExportPanel(h *Screen, c connector.Connection) ui.Panel {
	return h.newFilePanel(fileContent{
		Title: fmt.Sprintf("Export %q", c.Name), Text: saved.ExportKeeps, Name: saved.ExportName(c), Leave: ui.Close(),
		Write: func(path string) error { return saved.Export(c, path, false) },
		Wrote: func(path string) string { return saved.Wrote(c, path) },
	})
}

// newImportPanel reads a file that export wrote. Where its secret would go is said before that is asked for.
func newImportPanel(h *Screen) ui.Panel {
	path, from := "", "" // from is what was read: path may be typed on meanwhile
	var answers setup.AnswersFile
	var host connector.Host
	return ui.NewFormPanel(h.theme, ui.FormContent{
		Title: "Import", Text: saved.ImportAsks, Form: ui.NewForm(fileField(h.theme, &path)), Does: "read it", Doing: "Reading the file", Failed: panels.Trouble,
		Submit: func() func(context.Context) error {
			from = path
			return func(context.Context) (err error) {
				answers, host, err = readImport(from)
				return err
			}
		},
		Done: func() (ui.Move, tea.Cmd) { return ui.Open(newImportSecret(h, from, answers, host)), nil },
	})
}

// readImport reads a file that is usable but for its secret, and tells where that would go.
func readImport(path string) (answers setup.AnswersFile, host connector.Host, err error) {
	if answers, err = setup.ReadAnswersFile(infile.At(path)); err == nil {
		host, _, err = saved.GoesTo(answers, nil) // a foreign one is typed once more in step 1
	}
	return answers, host, err
}

// demoWord stands for the demo's own secret, which nobody can know.
const demoWord = "demo"

// demoHint says so, in the demo alone.
func demoHint(env setup.Environment) string {
	if env.Demo == nil {
		return ""
	}
	return ". In the demo, type the word " + demoWord + ": it stands for its secret."
}

// orDemos is the secret that was typed, or the demo's own where the word for that was.
func orDemos(env setup.Environment, typed []byte, given connector.Secret) connector.Secret {
	if env.Demo != nil && string(typed) == demoWord {
		if filled, err := env.NewDraft(); err == nil {
			return filled.SecretGiven()
		}
	}
	return given
}

// newImportSecret asks for the secret, which the file does not hold. The five steps prove both. The file is read anew then, as somebody may
// have mended it meanwhile; the secret goes to no other host than the one that was shown.
func newImportSecret(h *Screen, path string, answers setup.AnswersFile, host connector.Host) ui.Panel {
	secret, form := newSecretField(h.theme, "Secret")
	var draft *setup.Draft
	return &secretForm{field: secret, FormPanel: ui.NewFormPanel(h.theme, ui.FormContent{
		Title: "Import", Text: saved.SecretOf(answers, host) + demoHint(h.env), Form: form, Does: "go on", Doing: "Taking it", Failed: panels.Trouble,
		Submit: func() func(context.Context) error {
			given, _ := connector.ParseSecret(secret.Bytes()) // the form has judged it
			given = orDemos(h.env, secret.Bytes(), given)
			return func(context.Context) error {
				answers, now, err := readImport(path)
				if err == nil {
					err = saved.SameWorkspace(host, now)
				}
				if err != nil {
					return err
				}
				if draft, err = answers.Draft(given, nil); err == nil { // a file lets no host in
					draft.Attend()
				}
				return err
			}
		},
		Done: func() (ui.Move, tea.Cmd) {
			secret.Clear()
			return h.leaveFor(Choice{Kind: Import, Draft: draft}), nil
		},
	})}
}
