package registry

// contentLevels are those of what can be read, run, edited and managed. The permissions API said CAN_VIEW for CAN_READ while it was a preview,
// as the source of Terraform's provider has it.
var contentLevels = []LevelRow{{CanRead, "Can read"}, {CanRun, "Can run"}, {CanEdit, "Can edit"}, {CanManage, "Can manage"}}

// sqlRows are what analysts make. The views are the lists of the API that came before, which is answered still.
var sqlRows = []ThingRow{
	{
		Control: ControlRow{
			Kind: "queries", Type: "query", Paths: []string{"queries/{id}", "sql/queries/{id}"}, Object: "/queries/", Noun: "query",
			InheritsFrom: "/queries/", Levels: contentLevels,
		},
		Versions: []string{"2.0"}, List: "sql/queries", Get: "sql/queries/{id}", ID: "id", Items: "results",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Query with id %s does not exist.",
	},
	{
		Control: ControlRow{Kind: "queries", Noun: "query"}, View: true,
		Versions: []string{"2.0"}, List: "preview/sql/queries", Get: "preview/sql/queries/{id}", ID: "id", Items: "results", Pages: true,
		Size: "page_size", Usual: 25, Largest: 250, Absent: "Query with id %s does not exist.",
		Fields: map[string]string{"display_name": "name", "query_text": "query", "create_time": "created_at", "update_time": "updated_at"},
	},
	{
		Control: ControlRow{
			Kind: "alerts", Type: "alert", Paths: []string{"alerts/{id}", "sql/alerts/{id}"}, Object: "/alerts/", Noun: "alert",
			InheritsFrom: "/alerts/", Levels: contentLevels,
		},
		Versions: []string{"2.0"}, List: "sql/alerts", Get: "sql/alerts/{id}", ID: "id", Items: "results",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Alert with id %s does not exist.",
	},
	{
		Control: ControlRow{Kind: "alerts", Noun: "alert"}, View: true,
		Versions: []string{"2.0"}, List: "preview/sql/alerts", Get: "preview/sql/alerts/{id}", ID: "id", Bare: true,
		Absent: "Alert with id %s does not exist.",
		Fields: map[string]string{"display_name": "name", "create_time": "created_at", "update_time": "updated_at"},
	},
	{
		Control: ControlRow{
			Kind: "alertsv2", Type: "alertv2", Paths: []string{"alertsv2/{id}"}, Object: "/alertsv2/", Noun: "alert",
			InheritsFrom: "/alertsv2/", Levels: contentLevels,
		},
		Versions: []string{"2.0"}, List: "alerts", Get: "alerts/{id}", ID: "id", Items: "alerts",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Alert with id %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "dashboards", Type: "dashboard", Paths: []string{"dashboards/{id}"}, Object: "/dashboards/", Noun: "dashboard",
			InheritsFrom: "/dashboards/", Levels: contentLevels,
		},
		Versions: []string{"2.0"}, List: "lakeview/dashboards", Get: "lakeview/dashboards/{id}", ID: "dashboard_id", Items: "dashboards",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Dashboard with id %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "dbsql-dashboards", Type: "dbsql-dashboard", Paths: []string{"dbsql-dashboards/{id}", "sql/dashboards/{id}"},
			Object: "/dbsql-dashboards/", Noun: "legacy dashboard", InheritsFrom: "/dbsql-dashboards/", Levels: contentLevels,
		},
		Versions: []string{"2.0"}, List: "preview/sql/dashboards", Get: "preview/sql/dashboards/{id}", ID: "id", Items: "results", Pages: true,
		Size: "page_size", Usual: 25, Largest: 250, Absent: "Dashboard with id %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "genie", Type: "genie", Paths: []string{"genie/{id}"}, Object: "/genie/", Noun: "Genie space", InheritsFrom: "/genie/",
			Levels: []LevelRow{{CanView, "Can view"}, {CanRun, "Can run"}, {CanEdit, "Can edit"}, {CanManage, "Can manage"}},
		},
		Versions: []string{"2.0"}, List: "genie/spaces", Get: "genie/spaces/{id}", ID: "space_id", Items: "spaces",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Unable to find the space with id %s.", Asked: "serialized_space",
	},
}
