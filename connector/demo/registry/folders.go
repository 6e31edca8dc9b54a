package registry

// The kinds of thing that lie in folders. A Git folder is a folder to what is in it.
const (
	Folders    Kind = "directories"
	Notebooks  Kind = "notebooks"
	Files      Kind = "files"
	GitFolders Kind = "repos"
)

// folderLevels are those of all kinds that lie in folders, in the words of the documents on access control of folders.
var folderLevels = []LevelRow{{CanRead, "Can read"}, {CanRun, "Can run"}, {CanEdit, "Can edit"}, {CanManage, "Can manage"}}

// folderRows are the kinds that lie in folders. They are listed by the folder they lie in, Git folders together as well.
var folderRows = []ThingRow{
	{Control: ControlRow{
		Kind: Folders, Type: "directory", Paths: []string{"directories/{id}"}, Object: "/directories/", Noun: "directory",
		Levels: folderLevels, InFolders: true,
	}},
	{Control: ControlRow{
		Kind: Notebooks, Type: "notebook", Paths: []string{"notebooks/{id}"}, Object: "/notebooks/", Noun: "notebook",
		Levels: folderLevels, InFolders: true,
	}},
	{Control: ControlRow{
		Kind: Files, Type: "file", Paths: []string{"files/{id}"}, Object: "/files/", Noun: "file", Levels: folderLevels, InFolders: true,
	}},
	{
		Control: ControlRow{
			Kind: GitFolders, Type: "repo", Paths: []string{"repos/{id}"}, Object: "/repos/", Noun: "Git folder", Levels: folderLevels, InFolders: true,
		},
		Versions: []string{"2.0"}, List: "repos", Get: "repos/{id}", ID: "id", Numeric: true, Items: "repos", Prefix: "path_prefix",
		Token: "next_page_token", Size: "page_size", Usual: 20, Largest: 20, Absent: "Repo %s could not be found.",
	},
}
