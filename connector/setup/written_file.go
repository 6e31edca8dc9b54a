package setup

import (
	"os"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ReadWritten reads a file that a person wrote, of at most 1 MiB. what begins the sentence of the error, a *connector.Error of kind ErrInput:
// "The CA file".
func ReadWritten(path, what string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > fileLimit {
		return nil, incomplete(what+" is too large.", "Give a file of at most 1 MB.")
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, incomplete(what+" could not be read: "+connector.CleanLine(err.Error(), 300)+".", "Check the path.")
	}
	return content, nil
}

// ReadAnswersFile reads an answers file. Paths in it are relative to its folder.
func ReadAnswersFile(path string) (AnswersFile, error) {
	content, err := ReadWritten(path, "The answers file")
	if err != nil {
		return AnswersFile{}, err
	}
	answers, err := ReadAnswers(content)
	for _, file := range []*string{&answers.SecretFile, &answers.CAFile, &answers.PassphraseFile, &answers.KeyFile} {
		if *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(filepath.Dir(path), *file)
		}
	}
	return answers, err
}

// Draft starts the draft of the answers, as FileDraft does, with the certificate authorities that they name.
func (f AnswersFile) Draft(secret connector.Secret, allow connector.AllowList) (*Draft, error) {
	var ca []byte
	if f.CAFile != "" {
		var err error
		if ca, err = ReadWritten(f.CAFile, "The CA file"); err != nil {
			return nil, err
		}
	}
	return FileDraft(f, secret, allow, ca)
}
