package setup

import (
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
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
var answerKeys = []fileKey[AnswersFile]{
	{"host", "Workspace host, in any form. One outside the Databricks domains needs --allow-host as well.", " adb-1234567890123456.7.azuredatabricks.net", true,
		func(f *AnswersFile) slot { return textSlot{&f.Host} }},
	{"sign_in", "oauth-m2m (an OAuth secret, recommended) or pat (a personal access token).", " oauth-m2m", false,
		func(f *AnswersFile) slot {
			return wordSlot[connector.AuthMethod]{&f.Method, []connector.AuthMethod{connector.OAuth, connector.PAT}}
		}},
	{"client_id", "Application ID of the service principal. Not for a token.", " 00000000-0000-0000-0000-000000000000", true,
		func(f *AnswersFile) slot { return textSlot{&f.ClientID} }},
	{"secret_file", "The secret never stands here. --secret-stdin or --secret-fd N gives it, or a private file (mode 0600) that holds nothing else.", " /run/secrets/draftt", false,
		func(f *AnswersFile) slot { return textSlot{&f.SecretFile} }},
	{"secret_expires", "Day on which that secret ends, where it is known: the workspace shows it to admins alone. A test warns in its last 30 days.", " 2027-06-30", false,
		func(f *AnswersFile) slot { return daySlot{&f.SecretExpires} }},
	{"ca_file", "PEM file of certificate authorities to trust as well. Paths are relative to this file.", " company-ca.pem", false,
		func(f *AnswersFile) slot { return textSlot{&f.CAFile} }},
	{"ca_certs", "The same as text, as export writes it.", " |\n  -----BEGIN CERTIFICATE-----\n  ...", false,
		func(f *AnswersFile) slot { return textSlot{&f.CACerts} }},
	{"warehouse", "SQL warehouse, by ID or by name.", " Starter Warehouse", true,
		func(f *AnswersFile) slot { return textSlot{&f.Warehouse} }},
	{"start_warehouse", "true starts it when it is stopped and waits for it. It costs money while it runs.", " true", false,
		func(f *AnswersFile) slot { return flagSlot{&f.StartWarehouse} }},
	{"catalog", "Catalog and schema that hold the inventory.", " inventory", true,
		func(f *AnswersFile) slot { return textSlot{&f.Catalog} }},
	{"schema", "The schema in it.", " assets", true,
		func(f *AnswersFile) slot { return textSlot{&f.Schema} }},
	{"scope", "What SELECT is granted on: schema (future tables too) or tables (only those below).", " schema", false,
		func(f *AnswersFile) slot {
			return wordSlot[connector.Scope]{&f.Scope, []connector.Scope{connector.ScopeSchema, connector.ScopeTables}}
		}},
	{"tables", "Tables that Draftt reads. Each is read once now, to prove that it can be.", "\n  - components\n  - devices", true,
		func(f *AnswersFile) slot { return listSlot{&f.Tables} }},
	{"accept_broader", "true saves a connection although its principal may do more than read. Without it nothing is saved then.", " true", false,
		func(f *AnswersFile) slot { return flagSlot{&f.AcceptBroader} }},
	{"name", "Name of the connection. Without it, CATALOG.SCHEMA.", " Asset inventory – prod", false,
		func(f *AnswersFile) slot { return textSlot{&f.Name} }},
	{"protection", "Where the key is kept, for the first save on a machine: keychain, passphrase or key-file. Without it, the keychain where one works.", " key-file", false,
		func(f *AnswersFile) slot {
			return wordSlot[vault.Protection]{&f.Protection, []vault.Protection{vault.Keychain, vault.Passphrase, vault.KeyFile}}
		}},
	{"passphrase_file", "A private file with the passphrase of the saved connections, where one protects them.", " /run/secrets/passphrase", false,
		func(f *AnswersFile) slot { return textSlot{&f.PassphraseFile} }},
	{"key_file", "The key file, like --key-file. It is made where there is none.", " /run/secrets/draftt-key.txt", false,
		func(f *AnswersFile) slot { return textSlot{&f.KeyFile} }},
}

const answersName = "answers file"

// ReadAnswers reads an answers file, in YAML or JSON. An unknown key, a key given twice and a value of the wrong kind are
// *connector.Errors that name the line. Whether the values can be used shows when they are taken.
func ReadAnswers(content []byte) (AnswersFile, error) {
	return readKeys(content, answerKeys, answersName)
}

// AnswersExample is an answers file with every key explained.
func AnswersExample() string {
	return example(answerKeys, "Answers for draftt-databricks setup --answers FILE. Lines that are commented out may be left out.\n")
}

// YAML is the file as ReadAnswers reads it.
func (f AnswersFile) YAML() ([]byte, error) {
	return writeYAML(f, answerKeys, "A connection of draftt-databricks, without its secret.\ndraftt-databricks import FILE sets it up again and asks for the secret.\n")
}

// JSON is YAML in JSON.
func (f AnswersFile) JSON() ([]byte, error) { return writeJSON(f, answerKeys) }

// FileDraft starts the draft of an answers file. allow comes from --allow-host, and ca is the content of what ca_file names. A value that
// cannot be used is a *connector.Error of kind ErrInput, except for host and client ID: those are judged by the first stage of the ladder, so that
// they fail as they do in a test of a connection.
func FileDraft(f AnswersFile, secret connector.Secret, allow connector.AllowList, ca []byte) (*Draft, error) {
	if missing := f.Missing(); len(missing) > 0 {
		return nil, incomplete("The answers file lacks "+strings.Join(missing, ", ")+".", "draftt-databricks setup --answers-example explains the keys.")
	}
	d := NewDraft(allow)
	d.ca = joined(f.CACerts, ca)
	_, _, _ = d.SetHost(f.Host, FromFile)
	d.confirmed = d.host // the command line allows it by name
	if f.Method == connector.PAT {
		d.SetMethod(connector.PAT)
	}
	_, _ = d.SetClientID(f.ClientID, FromFile)
	d.SetSecret(secret)
	d.secretExpires = f.SecretExpires
	if err := d.SecretProblem(); err != nil {
		return nil, err
	}
	return d, d.takeChoices(f)
}

// joined is certificates from both places, or nil.
func joined(written string, ca []byte) []byte {
	if written == "" {
		return ca
	}
	if !strings.HasSuffix(written, "\n") {
		written += "\n"
	}
	return append([]byte(written), ca...)
}

func (d *Draft) takeChoices(f AnswersFile) error {
	schema, err := parseSchemaParts(f.Catalog, f.Schema)
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

func parseSchemaParts(catalog, schema string) (connector.SchemaName, error) {
	first, err := connector.ParseIdent(catalog)
	if err != nil {
		return connector.SchemaName{}, err
	}
	second, err := connector.ParseIdent(schema)
	return connector.SchemaName{Catalog: first, Schema: second}, err
}

// ExportedFrom are the answers that lead to a saved connection. The secret is not among them.
func ExportedFrom(c connector.Connection) AnswersFile {
	f := AnswersFile{
		Host: TypedHost(c.Host), Method: c.Credentials.Method, ClientID: string(c.Credentials.ClientID), CACerts: string(c.CACerts),
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
		if k.needed && k.slot(&f).give() == nil && (k.name != "client_id" || f.Method != connector.PAT) {
			missing = append(missing, k.name)
		}
	}
	return missing
}
