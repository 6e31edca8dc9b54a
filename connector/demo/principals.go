package demo

import "github.com/draftt-io/draftt-databricks/connector/demo/model"

// Who the demo signs in as. The application IDs are fixed, so that the statements on screen are the same in every run; the secrets are
// new in every run.
const (
	ConnectorID   = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	ConnectorName = "draftt-connector"
	AdminID       = "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914"
	AdminName     = "platform-admin"
)

// fivetranID is the service principal that a data tool was connected with through Partner Connect, long before this demo begins.
const fivetranID = "1d7be0a4-6c52-4f39-8e1a-b90c4d27f863"

// The people and groups of the company that the demo plays.
const (
	platformLead    = "maria.lindqvist@contoso.example"
	governanceLead  = "samuel.okafor@contoso.example"
	financeLead     = "ines.moreau@contoso.example"
	metastoreAdmins = "metastore-admins"
	governance      = "data-governance"
	assetOwners     = "asset-owners"
	analysts        = "analysts"
)

func principals() []model.Principal {
	return []model.Principal{
		{Kind: model.Group, ID: "210001", Name: model.AccountUsers},
		{Kind: model.Group, ID: "210002", Name: metastoreAdmins},
		{Kind: model.Group, ID: "210003", Name: governance},
		{Kind: model.Group, ID: "210004", Name: assetOwners, MemberOf: []string{governance}},
		{Kind: model.Group, ID: "210005", Name: analysts},
		{Kind: model.Group, ID: "310001", Name: model.Admins, WorkspaceLocal: true, Entitlements: []string{model.WorkspaceAccess, model.SQLAccess}},
		{Kind: model.Group, ID: "310002", Name: model.WorkspaceUsers, WorkspaceLocal: true, Entitlements: []string{model.WorkspaceAccess, model.SQLAccess}},
		{
			Kind: model.ServicePrincipal, ID: "5103948571029384", Name: ConnectorID, DisplayName: ConnectorName, Active: true,
			Entitlements: []string{model.SQLAccess},
		},
		{
			Kind: model.ServicePrincipal, ID: "5103948571027716", Name: AdminID, DisplayName: AdminName, Active: true,
			MemberOf: []string{metastoreAdmins, model.Admins},
		},
		{
			Kind: model.ServicePrincipal, ID: "5103948571024405", Name: fivetranID, DisplayName: "FIVETRAN_USER", Active: true,
			MemberOf: []string{model.WorkspaceUsers},
		},
		{
			Kind: model.User, ID: "8842019375610021", Name: platformLead, DisplayName: "Maria Lindqvist", Active: true,
			MemberOf: []string{metastoreAdmins, model.Admins},
		},
		{
			Kind: model.User, ID: "8842019375610048", Name: governanceLead, DisplayName: "Samuel Okafor", Active: true,
			MemberOf: []string{assetOwners, model.WorkspaceUsers},
		},
		{
			Kind: model.User, ID: "8842019375610077", Name: financeLead, DisplayName: "Inès Moreau", Active: true,
			MemberOf: []string{analysts, model.WorkspaceUsers},
		},
	}
}
