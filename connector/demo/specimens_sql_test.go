package demo_test

import (
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/dashboards"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// madeByAnalysts is a specimen of each kind of what analysts make. Where there is an older list besides the usual one, it is asked.
var madeByAnalysts = map[model.ControlledKind]specimen{
	"queries": {
		"7c3e1f80-54a9-4d27-b6f1-08d2e9c47a13", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := sql.NewQueriesLegacy(c).ListAll(ctx, sql.ListQueriesLegacyRequest{})
			return each(all, err, func(e sql.LegacyQuery) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := sql.NewQueriesLegacy(c).GetByQueryId(ctx, "7c3e1f80-54a9-4d27-b6f1-08d2e9c47a13")
			return err
		},
	},
	"alerts": {
		"2f9a6d51-c807-4b3e-9d14-6e5f20b8a7c9", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := sql.NewAlertsLegacy(c).List(ctx)
			return each(all, err, func(e sql.LegacyAlert) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := sql.NewAlertsLegacy(c).GetByAlertId(ctx, "2f9a6d51-c807-4b3e-9d14-6e5f20b8a7c9")
			return err
		},
	},
	"alertsv2": {
		"4c1e7a92-3b60-4d85-a7f9-15d08e62c3b4", samuel,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := sql.NewAlertsV2(c).ListAlertsAll(ctx, sql.ListAlertsV2Request{})
			return each(all, err, func(e sql.AlertV2) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := sql.NewAlertsV2(c).GetAlertById(ctx, "4c1e7a92-3b60-4d85-a7f9-15d08e62c3b4")
			return err
		},
	},
	"dashboards": {
		"01f0a4b7d2c31e6f9b58e07a4d1c6f32", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := dashboards.NewLakeview(c).ListAll(ctx, dashboards.ListDashboardsRequest{})
			return each(all, err, func(e dashboards.Dashboard) string { return e.DashboardId })
		},
		func(c *client.DatabricksClient) error {
			_, err := dashboards.NewLakeview(c).GetByDashboardId(ctx, "01f0a4b7d2c31e6f9b58e07a4d1c6f32")
			return err
		},
	},
	"dbsql-dashboards": {
		"9b6d1f04-72ce-4a3b-8e57-c0d4a19f6e28", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			all, err := sql.NewDashboards(c).ListAll(ctx, sql.ListDashboardsRequest{})
			return each(all, err, func(e sql.Dashboard) string { return e.Id })
		},
		func(c *client.DatabricksClient) error {
			_, err := sql.NewDashboards(c).GetByDashboardId(ctx, "9b6d1f04-72ce-4a3b-8e57-c0d4a19f6e28")
			return err
		},
	},
	"genie": {
		"01f0b9c24e6a1d3784f5a20b6c9d7e18", ines,
		func(c *client.DatabricksClient) ([]string, error) {
			page, err := dashboards.NewGenie(c).ListSpaces(ctx, dashboards.GenieListSpacesRequest{})
			if err != nil {
				return nil, err
			}
			return each(page.Spaces, nil, func(e dashboards.GenieSpace) string { return e.SpaceId })
		},
		func(c *client.DatabricksClient) error {
			_, err := dashboards.NewGenie(c).GetSpaceBySpaceId(ctx, "01f0b9c24e6a1d3784f5a20b6c9d7e18")
			return err
		},
	},
}
