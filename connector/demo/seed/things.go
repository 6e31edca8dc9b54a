package seed

import (
	"fmt"
	"maps"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// workspaceFile is demo-workspace.yaml.
type workspaceFile struct {
	Things  []thing
	Scopes  []scope
	IPLists []ipList `yaml:"ip_lists"`
}

type thing struct {
	Kind, ID, Creator string
	Path              string
	Access            map[string]string
	Details           map[string]any
}

func (f workspaceFile) into(s *Seed) error {
	for _, t := range f.Things {
		kind, err := model.ParseControlledKind(t.Kind)
		if err != nil {
			return err
		}
		access, err := levels(t.Access)
		if err != nil {
			return fmt.Errorf("%s %s: %w", t.Kind, t.ID, err)
		}
		for _, name := range append(slices.Sorted(maps.Keys(access)), t.Creator) {
			if err := s.knows(name); err != nil {
				return fmt.Errorf("%s %s: %w", t.Kind, t.ID, err)
			}
		}
		s.Things = append(s.Things, model.Thing{Kind: kind, ID: t.ID, Creator: t.Creator, Path: t.Path, Access: access, Details: t.Details})
	}
	for _, c := range f.Scopes {
		if err := c.into(s); err != nil {
			return err
		}
	}
	for _, l := range f.IPLists {
		if err := l.into(s); err != nil {
			return err
		}
	}
	return nil
}
