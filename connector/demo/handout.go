package demo

import (
	"encoding/pem"
	"fmt"
)

// Handout is what another process needs to use the embedded workspace as a client. Its secrets are made anew in every run and open
// nothing else, so they are handed out as text; they are the only secrets that ever are.
type Handout struct {
	Scenario          string             `json:"scenario"`
	Host              string             `json:"host"` // with its port
	URL               string             `json:"url"`
	CAFile            string             `json:"ca_file"`
	ClientID          string             `json:"client_id"`
	ClientSecret      string             `json:"client_secret"`
	Token             string             `json:"token"` // a personal access token of the connector
	AdminClientID     string             `json:"admin_client_id"`
	AdminClientSecret string             `json:"admin_client_secret"`
	AdminToken        string             `json:"admin_token"`
	AccountHost       string             `json:"account_host"` // with its port
	AccountURL        string             `json:"account_url"`
	AccountID         string             `json:"account_id"`
	StorageHost       string             `json:"storage_host"` // with its port
	AccountClientID   string             `json:"account_admin_client_id"`
	AccountSecret     string             `json:"account_admin_client_secret"`
	Passwords         map[string]string  `json:"passwords,omitempty"` // by user name, where they let people in
	Warehouses        []HandoutWarehouse `json:"warehouses"`
}

// HandoutWarehouse is a SQL warehouse as the admin sees it.
type HandoutWarehouse struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	HTTPPath string `json:"http_path"`
	State    string `json:"state"`
}

// Handout describes the running workspace. caFile is where the caller wrote CAPEM.
func (w *Workspace) Handout(caFile string) (Handout, error) {
	h := Handout{
		Scenario: w.scenario.ID, Host: w.Addr(), URL: "https://" + w.Addr(), CAFile: caFile,
		ClientID: string(w.connector.ClientID), ClientSecret: string(w.connector.Secret.Reveal()), Token: string(w.connector.Token.Reveal()),
		AdminClientID: string(w.admin.ClientID), AdminClientSecret: string(w.admin.Secret.Reveal()), AdminToken: string(w.admin.Token.Reveal()),
	}
	h.StorageHost = w.StorageAddr()
	h.AccountHost, h.AccountURL, h.AccountID = w.AccountAddr(), "https://"+w.AccountAddr(), w.AccountID()
	h.AccountClientID, h.AccountSecret = string(w.accountAdmin.ClientID), string(w.accountAdmin.Secret.Reveal())
	admin, ok := w.world.Principal(AdminID)
	if !ok {
		return Handout{}, fmt.Errorf("the scenario %s has no admin", w.scenario.ID)
	}
	for _, user := range w.door.Users() {
		if h.Passwords == nil {
			h.Passwords = map[string]string{}
		}
		h.Passwords[user] = string(w.door.Of(user))
	}
	for _, s := range w.world.Warehouses(admin) {
		h.Warehouses = append(h.Warehouses, HandoutWarehouse{ID: s.ID, Name: s.Name, HTTPPath: "/sql/1.0/warehouses/" + s.ID, State: string(s.State)})
	}
	return h, nil
}

// CAPEM is the certificate of the authority that the workspace's certificate is from, for a client's CA file.
func (w *Workspace) CAPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.authority.Raw})
}

// NetworkCAPEM is the authority of whoever replaces certificates on the imaginary network, as the people who run that hand it out; nil where
// nobody does.
func (w *Workspace) NetworkCAPEM() []byte {
	if w.network == nil {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.network.Raw})
}
