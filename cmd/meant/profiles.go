package meant

import "github.com/draftt-io/draftt-databricks/connector/admin"

// Profiles are those of ~/.databrickscfg that an admin can sign in with, for the shell.
func Profiles() (names []string) {
	path, err := admin.ProfileFile()
	if err != nil {
		return nil
	}
	all, err := admin.Profiles(path, nil)
	if err != nil {
		return nil
	}
	for _, p := range all {
		if p.Unusable == "" {
			names = append(names, p.Name)
		}
	}
	return names
}
