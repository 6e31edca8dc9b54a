package demo

import (
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// passingScenarios have something unusual about them, and a connection that holds all the same.
func passingScenarios() []Scenario {
	return []Scenario{
		{
			ID: "token", Title: "Signed in with a token",
			Story:  "A personal access token in place of an OAuth secret. The walk goes straight through.",
			Grants: assetsGrants, SignIn: SignIn{Token: true},
		},
		{
			ID: "through-a-group", Title: "Granted through a group",
			Story:  "The privileges were granted to the group inventory-readers, which the connector is a member of.",
			Grants: assetsGrants, Through: assetReaders, Standing: Standing{MemberOf: []string{assetReaders}},
		},
		{
			ID: "slow", Title: "Every answer takes its time",
			Story:  "Each answer comes a quarter of a second late, as through a distant VPN. Nothing fails.",
			Grants: assetsGrants, Faults: []rest.Fault{{Path: everything, Delay: 250 * time.Millisecond}},
		},
		{
			ID: "throttled", Title: "Throttled for a second",
			Story:  "The workspace answers 429 and asks for a second of patience, once. It is waited for, and nothing fails.",
			Grants: assetsGrants, Faults: []rest.Fault{{Path: oneCatalog, Times: 1, RetryAfter: time.Second}},
		},
		{
			ID: "throttled-until", Title: "Throttled until a time of day",
			Story:  "The workspace answers 429 with the time of the next try rather than with seconds, once. Nothing fails.",
			Grants: assetsGrants, Faults: []rest.Fault{{Path: oneCatalog, Times: 1, RetryAfter: 2 * time.Second, RetryDate: true}},
		},
		{
			ID: "throttled-oddly", Title: "Throttled for no time that can be read",
			Story:  "The workspace answers 429 and asks to come back soon, once. A pause is chosen, and nothing fails.",
			Grants: assetsGrants, Faults: []rest.Fault{{
				Path: oneCatalog, Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "soon"},
				Body: `{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Too many requests."}`,
			}},
		},
		{
			ID: "hiccup", Title: "The workspace stumbles once",
			Story:  "The first answer is a 502. It is asked for again, and nothing fails.",
			Grants: assetsGrants, Faults: []rest.Fault{{Path: discovery, Times: 1, Status: http.StatusBadGateway, Body: gatewayPage(http.StatusBadGateway)}},
		},
		{
			ID: "token-ends-in-flight", Title: "The access token ends on the way",
			Story:  "In the middle of the work the workspace says that the access token has expired. A new one is fetched, unnoticed.",
			Grants: assetsGrants, Faults: []rest.Fault{{
				Path: oneOfThem, Times: 1, Status: http.StatusUnauthorized, Body: denial("401", "Access token is expired."),
			}},
		},
		{
			ID: "clock-skew", Title: "The clocks disagree",
			Story:  "The workspace's clock is 40 minutes ahead of this machine's. What lasts is counted from now, so nothing fails.",
			Grants: assetsGrants, Skew: 40 * time.Minute,
		},
		{
			ID: "proxy", Title: "Through a proxy",
			Story:  "The way leads through the company's proxy, which lets the workspace through.",
			Grants: assetsGrants, Between: ProxyOpen,
		},
		{
			ID: "many-pages", Title: "More than one page of everything",
			Story:  "There are 120 more warehouses, catalogs and schemas than usual, so that every list comes in pages, one of them empty.",
			Grants: assetsGrants, Crowd: 120,
		},
		{
			ID: "classic-warehouse", Title: "A classic warehouse",
			Story:  "The warehouse is neither serverless nor pro. It reads all the same.",
			Grants: assetsGrants, Preset: Preset{Warehouse: classic},
		},
		{
			ID: "warehouse-starts", Title: "The warehouse is started and waited for",
			Story:  "The serverless warehouse is stopped. A person agreed to start it, and it runs within seconds.",
			Grants: assetsGrants, Preset: Preset{Warehouse: serverless, Start: true},
			Warehouses: changed(serverless, func(v *compute.Warehouse) { v.InitiallyRunning = false }),
		},
		{
			ID: "row-filter", Title: "Filtered rows and a masked column",
			Story:  "The table contracts shows the rows of one region and no amounts. The read holds; the rows are fewer.",
			Grants: assetsGrants, Preset: Preset{Tables: []string{"inventory.assets.contracts"}},
		},
		{
			ID: "view", Title: "A view",
			Story:  "The connector reads a view with its owner's rights, and nothing of the table below.",
			Grants: append(onAssets(unity.UseSchema), Grant{unity.OnTable("inventory", "assets", "open_tickets"), []unity.Privilege{unity.Select}}),
			Preset: Preset{Tables: []string{"inventory.assets.open_tickets"}},
		},
		{
			ID: "empty-table", Title: "A table without rows",
			Story:  "The table decommissioned is empty. Reading nothing from it is a read.",
			Grants: assetsGrants, Preset: Preset{Tables: []string{"inventory.assets.decommissioned"}},
		},
		{
			ID: "unusual-names", Title: "Names with a hyphen",
			Story:  "The catalog field-ops and its schema work-orders need quoting in every statement.",
			Grants: []Grant{{unity.OnCatalog("field-ops"), []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select}}},
			Preset: Preset{Tables: []string{"`field-ops`.`work-orders`.`open-orders`"}},
		},
	}
}
