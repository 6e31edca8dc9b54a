package estate

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// space is the part of a Genie space that says what it reads. The rest of it, such as what people wrote for it, is not kept.
type space struct {
	Sources struct {
		Tables  []source `json:"tables"`
		Metrics []source `json:"metric_views"`
	} `json:"data_sources"`
}

type source struct {
	Name string `json:"identifier"`
}

// errNoSources is that of a space that does not say what it reads.
var errNoSources = errors.New("the Genie space does not say what it reads")

// sources makes a row of each table and metric view below a Genie space, which stands as a text within the answer.
func (c *Collector) sources(about store.Row, item json.RawMessage) ([]store.Row, error) {
	var said struct {
		Space string `json:"serialized_space"`
	}
	if err := json.Unmarshal(item, &said); err != nil {
		return nil, err //nolint:wrapcheck // read says what it is
	}
	if said.Space == "" {
		return nil, errNoSources
	}
	var s space
	if err := json.Unmarshal([]byte(said.Space), &s); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoSources, err)
	}
	var out []store.Row
	for _, one := range slices.Concat(s.Sources.Tables, s.Sources.Metrics) {
		if one.Name != "" {
			out = append(out, c.row(about, one.Name, one.Name, "{}"))
		}
	}
	return out, nil
}
