package estate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// FolderOf is where the runs of a host are kept, in a folder of the program's own.
func FolderOf(dir, host string) store.Folder {
	name := strings.NewReplacer(":", "_", "/", "_").Replace(host)
	connector.Known().Note(connector.KindHost, host, name) // paths have it in that form
	return store.Of(dir, name)
}

// Taking says how a run is kept.
type Taking struct {
	Fresh bool          // a run that is not over is given up: at once, or where it is somebody else's, when the new one is whole
	Keep  int           // the rows of so many runs stay, 0 for all
	Every time.Duration // it is run again after this time, 0 where it is not
	Begun func(run string, resumed bool)
}

// ErrOther is of a run that is not over and was begun by somebody else, who saw other things.
var ErrOther = errors.New("the inventory that is not over is somebody else's")

func ofOther(run *store.Run, now Place) error {
	var before Place
	known, err := run.Fact("place", &before)
	if err != nil || !known {
		return err //nolint:wrapcheck // the store's errors have words
	}
	if before.Account != "" && now.Account != "" && before.Account != now.Account {
		return &connector.Error{
			Kind: ErrOther, What: "The inventory that is not over was begun with the account " + connector.CleanLine(before.Account, 60) + ".",
			Remedy: "Go on with the same account, or begin a new one with --fresh; the other one stays until that is whole.",
		}
	}
	if before.As == now.As {
		return nil
	}
	return &connector.Error{
		Kind: ErrOther, What: "The inventory that is not over was begun by " + connector.CleanLine(before.As, 120) + ", who sees other things.",
		Remedy: "Go on as the same principal, or begin a new one with --fresh; the other one stays until that is whole.",
	}
}

// Take goes on with the run that is not over, or takes a new one, and seals it when every collector came to an end. A run whose time was over is
// not sealed: the error is ErrTimedOut then. Other errors are ErrOther, and those of the store and of Run.
func Take(ctx context.Context, f store.Folder, o Options, t Taking) (m store.Manifest, seen Coverage, err error) {
	release, err := f.Lock()
	if err != nil {
		return m, seen, err //nolint:wrapcheck // the store's errors have words
	}
	defer release()
	run, id, resumed, err := f.BeginAs(time.Now(), t.Fresh, func(before *store.Run) error { return ofOther(before, o.Place) })
	if err != nil {
		return m, seen, err //nolint:wrapcheck // as above
	}
	defer func() { err = errors.Join(err, closed(run)) }()
	if t.Begun != nil {
		t.Begun(id, resumed)
	}
	began := time.Now().UTC()
	known, err := run.Fact("began", &began)
	if err == nil && !known {
		err = run.Write(func(c *store.Change) error { return c.Fact("began", began) })
	}
	if err != nil {
		return m, seen, err //nolint:wrapcheck // as above
	}
	if seen, err = Run(ctx, run, o); err != nil {
		return m, seen, err
	}
	summary, err := json.Marshal(seen)
	if err != nil {
		return m, seen, fmt.Errorf("encode the coverage: %w", err)
	}
	m, err = f.Seal(run, store.Manifest{ID: id, Began: began, Ended: time.Now().UTC(), Every: t.Every, Summary: summary}, t.Keep)
	return m, seen, err //nolint:wrapcheck // as above
}

// closed closes a run that may have been sealed.
func closed(run *store.Run) error { return run.Close() } //nolint:wrapcheck // as above

// Summary is the coverage in the manifest of a run.
func Summary(m store.Manifest) (seen Coverage, ok bool) {
	return seen, json.Unmarshal(m.Summary, &seen) == nil && len(seen.Resources) > 0
}

// Missed is how many runs should have been taken since the last one, which was to be followed by others. One that is a little late is not missed.
func Missed(runs []store.Manifest, now time.Time) int {
	if len(runs) == 0 || runs[len(runs)-1].Every <= 0 {
		return 0
	}
	last := runs[len(runs)-1]
	const late = 10 // a tenth of the time between runs
	return max(0, int((now.Sub(last.Began)-last.Every/late)/last.Every))
}
