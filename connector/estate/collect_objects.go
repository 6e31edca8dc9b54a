package estate

// folderKinds are what lies in the folders of a workspace, by the words of the workspace API.
var folderKinds = map[string]string{
	"DIRECTORY": "directories", "REPO": "repos", "NOTEBOOK": "notebooks", "FILE": "files", "LIBRARY": "libraries", "DASHBOARD": "workspace-dashboards", "": "others",
}

// objectCollectors walk the folders of a workspace, each of which is listed whole.
var objectCollectors = []Collector{
	{
		ID: "root", Resource: "objects", Plane: AtWorkspace, Path: "/api/2.0/workspace/get-status", Query: "path=/", Shape: One, Key: []string{"object_id"}, Name: "path",
		Keep: []string{"path", "object_type"}, Sorted: map[string]string{"DIRECTORY": "directories", "": "directories"}, Sees: WorkspaceAdmin,
	},
	{
		ID: "objects", Resource: "objects", Plane: AtWorkspace, Path: "/api/2.0/workspace/list", Query: "path={name}", For: []string{"directories", "repos"}, Folders: true,
		Items: "objects", Key: []string{"object_id"}, Name: "path", Keep: []string{"path", "language", "size", "created_at", "modified_at"}, Sorted: folderKinds,
		Sees: WorkspaceAdmin,
	},
}
