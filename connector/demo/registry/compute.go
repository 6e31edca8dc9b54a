package registry

// computeRows are what runs code, and what it runs.
var computeRows = []ThingRow{
	{
		Control: ControlRow{
			Kind: "clusters", Type: "cluster", Paths: []string{"clusters/{id}"}, Object: "/clusters/", Noun: "cluster", InheritsFrom: "/clusters/",
			Levels: []LevelRow{{CanAttachTo, "Can Attach To"}, {CanRestart, "Can Restart"}, {CanManage, "Can Manage"}},
		},
		Versions: []string{"2.0", "2.1"}, List: "clusters/list", Get: "clusters/get", ID: "cluster_id", Items: "clusters",
		Size: "page_size", Usual: 20, Largest: 100, Absent: "Cluster %s does not exist", Invalid: true,
	},
	{
		Control: ControlRow{
			Kind: "cluster-policies", Type: "cluster-policy", Paths: []string{"cluster-policies/{id}"}, Object: "/cluster-policies/", Noun: "cluster policy",
			Levels: []LevelRow{{CanUse, "Can use the policy"}}, InheritsFrom: "/cluster-policies/",
		},
		Versions: []string{"2.0"}, List: "policies/clusters/list", Get: "policies/clusters/get", ID: "policy_id", Items: "policies",
		Absent: "Policy %s does not exist.",
	},
	{
		Control: ControlRow{
			Kind: "instance-pools", Type: "instance-pool", Paths: []string{"instance-pools/{id}"}, Object: "/instance-pools/", Noun: "instance pool",
			Levels: []LevelRow{{CanAttachTo, "Can Attach To"}, {CanManage, "Can Manage"}}, InheritsFrom: "/instance-pools/",
		},
		Versions: []string{"2.0"}, List: "instance-pools/list", Get: "instance-pools/get", ID: "instance_pool_id", Items: "instance_pools",
		Absent: "Can't find an instance pool with id %s.",
	},
	{
		Control: ControlRow{
			Kind: "jobs", Type: "job", Paths: []string{"jobs/{id}"}, Object: "/jobs/", Noun: "job", InheritsFrom: "/jobs/",
			Levels: []LevelRow{
				{CanView, "Can view the job"}, {CanManageRun, "Can manage runs of the job"}, {IsOwner, "Is owner of the job"}, {CanManage, "Can manage the job"},
			},
		},
		Versions: []string{"2.0", "2.1", "2.2"}, List: "jobs/list", Get: "jobs/get", ID: "job_id", Numeric: true, Items: "jobs",
		Size: "limit", Usual: 20, Largest: 100, Absent: "Job %s does not exist.", Invalid: true,
		Also: []string{"expand_tasks"},
	},
	{
		Control: ControlRow{
			Kind: "pipelines", Type: "pipelines", Paths: []string{"pipelines/{id}"}, Object: "/pipelines/", Noun: "pipeline", InheritsFrom: "/pipelines/",
			Levels: []LevelRow{{CanView, "Can view"}, {CanRun, "Can run"}, {IsOwner, "Is owner"}, {CanManage, "Can manage"}},
		},
		Versions: []string{"2.0"}, List: "pipelines", Get: "pipelines/{id}", ID: "pipeline_id", Items: "statuses",
		Size: "max_results", Usual: 25, Largest: 100, Absent: "The specified pipeline %s was not found.",
	},
}
