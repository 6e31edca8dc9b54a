package workspace

import "github.com/draftt-io/draftt-databricks/connector"

// The parts of answers that are used. The SDK's own types decode every field that there is by reflection, some 0.2 ms an object, which made a
// schema of 100,000 tables take half a minute and was a sixth of what a certificate costs; and a field that nobody reads could make an answer
// unreadable.

type catalogAnswer struct {
	Name       string `json:"name"`
	Owner      string `json:"owner"`
	Comment    string `json:"comment"`
	BrowseOnly bool   `json:"browse_only"`
}

type catalogsAnswer struct {
	Catalogs      []catalogAnswer `json:"catalogs"`
	NextPageToken string          `json:"next_page_token"`
}

type schemaAnswer struct {
	Name       string `json:"name"`
	FullName   string `json:"full_name"`
	Owner      string `json:"owner"`
	Comment    string `json:"comment"`
	BrowseOnly bool   `json:"browse_only"`
}

type schemasAnswer struct {
	Schemas       []schemaAnswer `json:"schemas"`
	NextPageToken string         `json:"next_page_token"`
}

type tableAnswer struct {
	Name       string         `json:"name"`
	FullName   string         `json:"full_name"`
	TableType  string         `json:"table_type"`
	Owner      string         `json:"owner"`
	Comment    string         `json:"comment"`
	BrowseOnly bool           `json:"browse_only"`
	RowFilter  *struct{}      `json:"row_filter"`
	Columns    []columnAnswer `json:"columns"`
}

type columnAnswer struct {
	Name     string    `json:"name"`
	TypeText string    `json:"type_text"`
	Mask     *struct{} `json:"mask"`
}

type tablesAnswer struct {
	Tables        []tableAnswer `json:"tables"`
	NextPageToken string        `json:"next_page_token"`
}

type privilegeAnswer struct {
	Privilege         connector.Privilege     `json:"privilege"`
	InheritedFromName string                  `json:"inherited_from_name"`
	InheritedFromType connector.SecurableType `json:"inherited_from_type"`
}

type privilegesAnswer struct {
	Assignments []struct {
		Principal  string            `json:"principal"`
		Privileges []privilegeAnswer `json:"privileges"`
	} `json:"privilege_assignments"`
	NextPageToken string `json:"next_page_token"`
}

type warehouseAnswer struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	ClusterSize  string        `json:"cluster_size"`
	State        string        `json:"state"`
	AutoStopMins int           `json:"auto_stop_mins"`
	Serverless   bool          `json:"enable_serverless_compute"`
	Type         string        `json:"warehouse_type"`
	ODBC         odbcAnswer    `json:"odbc_params"`
	Health       *healthAnswer `json:"health"`
}

type odbcAnswer struct {
	Path string `json:"path"`
}

type warehousesAnswer struct {
	Warehouses    []warehouseAnswer `json:"warehouses"`
	NextPageToken string            `json:"next_page_token"`
}

type healthAnswer struct {
	Status  string `json:"status"`
	Summary string `json:"summary"`
	Message string `json:"message"`
	Details string `json:"details"`
}
