package sync

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	counted "github.com/draftt-io/draftt-databricks/words"
)

// Lefts says what is left to read, shard by shard.
func Lefts(all []Left) string {
	said := make([]string, min(len(all), mostNamed))
	for i := range said {
		if said[i] = fmt.Sprintf("shard %d did not come yet", all[i].Shard); len(all[i].Tables) == 0 {
			continue
		}
		said[i] = fmt.Sprintf("shard %d has left: %s", all[i].Shard, connector.ShownText(connector.CleanLine(someOf(all[i].Tables), 600)))
	}
	if more := len(all) - len(said); more > 0 {
		said = append(said, fmt.Sprintf("%s more have something left", counted.Thousands(more)))
	}
	return counted.UpperFirst(strings.Join(said, "; "))
}

// Reads says which shard is read, empty where the run is read at once.
func (s Shard) Reads() string {
	switch {
	case s.Of == 0:
		return ""
	case s.Part == 0:
		return fmt.Sprintf("The plan for %s, of which none is read now.", counted.Count(s.Of, "shard"))
	}
	return fmt.Sprintf("Shard %d of %d. The other tables and slices are for the other shards.", s.Part, s.Of)
}

// Ended says that the shard was read, and what is left to be done then.
func (s Shard) Ended(left []Left) string {
	done := fmt.Sprintf("Shard %d of %d is read.", s.Part, s.Of)
	if s.Part == 0 {
		done = "The plan is made."
	}
	if len(left) == 0 {
		return done + " All are: sync join closes the run."
	}
	var others []string
	for _, l := range left {
		others = append(others, fmt.Sprint(l.Shard))
	}
	return fmt.Sprintf("%s To be read: %s (%s). Then sync join closes the run.", done, counted.Count(len(left), "shard"), someOf(others))
}

// Dropping says which runs that were stopped go when this one is read, empty where none does.
func (s *Sync) Dropping() string {
	why := ", begun with other options."
	switch {
	case len(s.Drops) == 0:
		return ""
	case s.options.Fresh:
		why = "."
	}
	return "When this is read, what was stopped before goes: " + strings.Join(s.Drops, ", ") + why
}

// Removing says which whole runs had to go, empty where none did.
func Removing(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return fmt.Sprintf("Removed %s that --keep leaves no room for: %s.", counted.Count(len(ids), "old run"), someOf(ids))
}
