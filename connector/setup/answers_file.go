package setup

import (
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/infile"
)

// AnswersFile is every answer of the wizard but the secret, as a file that a person writes, or that export writes. It cannot vouch for a
// host outside the Databricks domains: a file that did so would decide where a secret is sent.
type AnswersFile struct {
	Host           string
	Method         connector.AuthMethod // empty is OAuth
	ClientID       string
	SecretFile     string    // a private file with the secret alone
	SecretExpires  time.Time // when the secret ends, which the workspace shows to admins alone; zero: not known
	CAFile         string
	CACerts        string // PEM, as export writes it
	Warehouse      string // ID or name
	StartWarehouse bool   // a person agreed to what that costs
	Catalog        string
	Schema         string
	Scope          connector.Scope // empty is the schema
	Tables         []string
	AcceptBroader  bool             // save although the principal may do more than read
	Name           string           // empty is what the wizard suggests
	Protection     vault.Protection // for the first save on a machine; empty is what the wizard would take
	PassphraseFile string           // a private file with the passphrase alone
	KeyFile        string
}

// answerKeys is the format: what the file is read by, written by and explained by.
var answerKeys = []flatfile.Key[AnswersFile]{
	{
		Name: "host", About: "Workspace host, in any form. One outside the Databricks domains needs --allow-host as well.",
		Example: " adb-1234567890123456.7.azuredatabricks.net", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.Host) },
	},
	{
		Name: "sign_in", About: "oauth-m2m (an OAuth secret, recommended) or pat (a personal access token).",
		Example: " oauth-m2m",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Word(&f.Method, connector.OAuth, connector.PAT) },
	},
	{
		Name: "client_id", About: "Application ID of the service principal. Not for a token.",
		Example: " 00000000-0000-0000-0000-000000000000", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.ClientID) },
	},
	{
		Name: "secret_file", About: "The secret never stands here. --secret-stdin or --secret-fd N gives it, or a private file (mode 0600) that holds nothing else.",
		Example: " /run/secrets/draftt",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.SecretFile) },
	},
	{
		Name: "secret_expires", About: "Day on which that secret ends, where it is known: the workspace shows it to admins alone. A test warns in its last 30 days.",
		Example: " 2027-06-30",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Day(&f.SecretExpires) },
	},
	{
		Name: "ca_file", About: "PEM file of certificate authorities to trust as well. Paths are relative to this file.",
		Example: " company-ca.pem",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.CAFile) },
	},
	{
		Name: "ca_certs", About: "The same as text, as export writes it.",
		Example: " |\n  -----BEGIN CERTIFICATE-----\n  ...",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.CACerts) },
	},
	{
		Name: "warehouse", About: "SQL warehouse, by ID, HTTP path or name.",
		Example: " Starter Warehouse", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.Warehouse) },
	},
	{
		Name: "start_warehouse", About: "true starts it when it is stopped and waits for it. It costs money while it runs.",
		Example: " true",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Flag(&f.StartWarehouse) },
	},
	{
		Name: "catalog", About: "Catalog and schema that hold the inventory.",
		Example: " inventory", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.Catalog) },
	},
	{
		Name: "schema", About: "The schema in it.",
		Example: " assets", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.Schema) },
	},
	{
		Name: "scope", About: "What SELECT is granted on: schema (future tables too) or tables (only those below).",
		Example: " schema",
		Slot: func(f *AnswersFile) flatfile.Slot {
			return flatfile.Word(&f.Scope, connector.ScopeSchema, connector.ScopeTables)
		},
	},
	{
		Name: "tables", About: "Tables that Draftt reads. Each is read once now, to prove that it can be.",
		Example: "\n  - components\n  - devices", Needed: true,
		Slot: func(f *AnswersFile) flatfile.Slot { return flatfile.List(&f.Tables) },
	},
	{
		Name: "accept_broader", About: "true saves a connection although its principal may do more than read. Without it nothing is saved then.",
		Example: " true",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Flag(&f.AcceptBroader) },
	},
	{
		Name: "name", About: "Name of the connection. Without it, CATALOG.SCHEMA.",
		Example: " Asset inventory – prod",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.Name) },
	},
	{
		Name: "protection", About: "Where the key is kept, for the first save on a machine: keychain, passphrase or key-file. Without it, the keychain where one works.",
		Example: " key-file",
		Slot: func(f *AnswersFile) flatfile.Slot {
			return flatfile.Word(&f.Protection, vault.Keychain, vault.Passphrase, vault.KeyFile)
		},
	},
	{
		Name: "passphrase_file", About: "A private file with the passphrase of the saved connections, where one protects them.",
		Example: " /run/secrets/passphrase",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.PassphraseFile) },
	},
	{
		Name: "key_file", About: "The key file, like --key-file. It is made where there is none.",
		Example: " /run/secrets/draftt-key.txt",
		Slot:    func(f *AnswersFile) flatfile.Slot { return flatfile.Text(&f.KeyFile) },
	},
}

const answersName = "answers file"

// ReadAnswers reads an answers file, in YAML or JSON. An unknown key, a key given twice and a value of the wrong kind are
// *connector.Errors that name the line. Whether the values can be used shows when they are taken.
func ReadAnswers(content []byte) (AnswersFile, error) {
	return flatfile.Read(content, answerKeys, answersName)
}

// AnswersExample is an answers file with every key explained.
func AnswersExample() string {
	return flatfile.Commented(answerKeys, "Answers for draftt-databricks setup --answers FILE. Lines that are commented out may be left out.\n")
}

// YAML is the file as ReadAnswers reads it.
func (f AnswersFile) YAML() ([]byte, error) {
	return flatfile.YAML(f, answerKeys, "A connection of draftt-databricks, without its secret.\ndraftt-databricks import FILE sets it up again and asks for the secret.\n")
}

// JSON is YAML in JSON.
func (f AnswersFile) JSON() ([]byte, error) { return flatfile.JSON(f, answerKeys) }

// FileDraft starts the draft of an answers file. allow comes from --allow-host, and ca is the content of what ca_file names. A value that
// cannot be used is a *connector.Error of kind ErrInput, except for host and client ID: those are judged by the first stage of the ladder, so that
// they fail as they do in a test of a connection.
func FileDraft(f AnswersFile, secret connector.Secret, allow connector.AllowList, ca []byte) (*Draft, error) {
	if missing := f.Missing(); len(missing) > 0 {
		return nil, incomplete("The answers file lacks "+strings.Join(missing, ", ")+".", "draftt-databricks setup --answers-example explains the keys.")
	}
	d := NewDraft(allow)
	d.unasked, d.authorities.Given, d.sources[sourceGiven] = true, trust.NewSet([]byte(f.CACerts), ca), FromFile
	_, _, _ = d.SetHost(f.Host, FromFile)
	d.confirmed = d.host // the command line allows it by name
	if f.Method == connector.PAT {
		d.SetMethod(connector.PAT)
	}
	_, _ = d.SetClientID(f.ClientID, FromFile)
	d.SetSecret(secret)
	d.secretExpires = f.SecretExpires
	if err := d.takeChoices(f); err != nil {
		return nil, err
	}
	return d, inFile(d.SecretProblem())
}

// inFile is a problem with the way out that an answers file has.
func inFile(err error) error {
	for other, line := range map[error]string{ErrTakesToken: "sign_in: pat", ErrTakesOAuth: "sign_in: " + string(connector.OAuth)} {
		if errors.Is(err, other) {
			what, _ := connector.Words(err)
			return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: "Write " + line + " into the answers file, or give the other one.", Cause: other}
		}
	}
	return err
}

func (d *Draft) takeChoices(f AnswersFile) error {
	wanted, err := connector.ParseWarehouse(f.Warehouse)
	if err != nil {
		return err
	}
	d.wanted = wanted
	schema, err := connector.ParseSchemaParts(f.Catalog, f.Schema)
	if err != nil {
		return err
	}
	d.SetSchema(schema, FromFile)
	if f.Scope != "" {
		d.SetScope(f.Scope)
	}
	for _, text := range f.Tables {
		name, err := parseTableOf(schema, text)
		if err != nil {
			return err
		}
		if !d.Chosen(name) {
			d.ToggleTable(name, FromFile)
		}
	}
	if f.Name == "" {
		return d.SetName(SuggestName(d), FromSuggested)
	}
	return d.SetName(f.Name, FromFile)
}

// ExportedFrom are the answers that lead to a saved connection. The secret is not among them.
func ExportedFrom(c connector.Connection) AnswersFile {
	f := AnswersFile{
		Host: c.Host.Typed(), Method: c.Credentials.Method, ClientID: string(c.Credentials.ClientID), CACerts: string(c.CACerts),
		Warehouse: string(c.Warehouse.ID), Catalog: Written(c.Schema.Catalog), Schema: Written(c.Schema.Schema), Scope: c.Scope, Name: c.Name,
	}
	if id := string(c.Host.WorkspaceID()); id != "" && !strings.Contains(f.Host, id) {
		f.Host += "?o=" + id
	}
	for _, t := range c.Tables {
		f.Tables = append(f.Tables, Written(t.Table))
	}
	return f
}

// Written is a name as ParseIdent reads it.
func Written(id connector.Ident) string {
	if strings.Contains(id.Raw(), "`") {
		return id.Quoted()
	}
	return id.Raw()
}

// Missing are the keys without which nothing can be proven.
func (f AnswersFile) Missing() []string {
	var missing []string
	for _, k := range answerKeys {
		if k.Needed && k.Empty(f) && (k.Name != "client_id" || f.Method != connector.PAT) {
			missing = append(missing, k.Name)
		}
	}
	return missing
}

// ReadAnswersFile reads an answers file. Paths in it are relative to its folder.
func ReadAnswersFile(from infile.File) (AnswersFile, error) {
	content, err := flatfile.Load(from, "The answers file")
	if err != nil {
		return AnswersFile{}, err
	}
	answers, err := ReadAnswers(content)
	for _, file := range []*string{&answers.SecretFile, &answers.CAFile, &answers.PassphraseFile, &answers.KeyFile} {
		if *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(from.Dir(), *file)
		}
	}
	return answers, err
}

// Draft starts the draft of the answers, as FileDraft does, with the certificate authorities that they name.
func (f AnswersFile) Draft(secret connector.Secret, allow connector.AllowList) (*Draft, error) {
	var ca []byte
	if f.CAFile != "" {
		var err error
		if ca, err = trust.ReadPEM(infile.At(f.CAFile)); err != nil {
			return nil, err
		}
	}
	return FileDraft(f, secret, allow, ca)
}
