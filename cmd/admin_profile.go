package cmd

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

// fromProfile takes the credentials of a profile, and only for the workspace that they belong to.
func fromProfile(name string, host connector.Host) (connector.Credentials, error) {
	p, err := profileNamed(name, host.AllowList())
	if err != nil {
		return connector.Credentials{}, err
	}
	switch {
	case p.Unusable != "":
		return connector.Credentials{}, usage(fmt.Sprintf("The profile %s cannot be used: %s.", p.Name, p.Unusable), "Name another profile, or give --admin-client-id.")
	case p.HostProblem != nil || p.Host.String() != host.String():
		return connector.Credentials{}, usage(fmt.Sprintf("The profile %s is for another workspace, %s.", p.Name, p.HostText), "Name a profile of "+host.String()+".")
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
	return admin.Profile{}, usage(fmt.Sprintf("There is no profile %q with a host.", connector.CleanLine(name, 60)), remedy)
}

// hostOfProfile is the workspace of a profile.
func hostOfProfile(name string, allow connector.AllowList) (connector.Host, error) {
	p, err := profileNamed(name, allow)
	if err != nil {
		return connector.Host{}, err
	}
	return p.Host, p.HostProblem
}
