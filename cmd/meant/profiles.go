package meant

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

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

// ProfileCredentials takes the credentials of a profile, and only for the workspace that they belong to.
func ProfileCredentials(name string, host connector.Host) (connector.Credentials, error) {
	p, err := profileNamed(name, host.AllowList())
	if err != nil {
		return connector.Credentials{}, err
	}
	switch {
	case p.Unusable != "":
		return connector.Credentials{}, refuse(fmt.Sprintf("The profile %s cannot be used: %s.", p.Name, p.Unusable), "Name another profile, or give --admin-client-id.")
	case p.HostProblem != nil || !p.Host.Same(host):
		return connector.Credentials{}, refuse(fmt.Sprintf("The profile %s is for another workspace, %s.", p.Name, p.HostText), "Name a profile of "+host.String()+".")
	}
	return p.Credentials, nil
}

// profileNamed is the profile of this name; allow is for its host.
func profileNamed(name string, allow connector.AllowList) (admin.Profile, error) {
	path, err := admin.ProfileFile()
	if err != nil {
		return admin.Profile{}, err
	}
	all, err := admin.Profiles(path, allow)
	if err != nil {
		return admin.Profile{}, err
	}
	var names []string
	for _, p := range all {
		if strings.EqualFold(p.Name, strings.TrimSpace(name)) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	remedy := "There is none in " + filepath.Join("~", ".databrickscfg") + "."
	if len(names) > 0 {
		remedy = "There are: " + strings.Join(names, ", ") + "."
	}
	return admin.Profile{}, refuse(fmt.Sprintf("There is no profile %q with a host.", connector.CleanLine(name, 60)), remedy)
}

// ProfileHost is the workspace of a profile.
func ProfileHost(name string, allow connector.AllowList) (connector.Host, error) {
	p, err := profileNamed(name, allow)
	if err != nil {
		return connector.Host{}, err
	}
	return p.Host, p.HostProblem
}
