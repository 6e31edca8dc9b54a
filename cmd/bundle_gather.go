package cmd

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/infile"
)

// maxResults bounds a file of results or a record, in bytes.
const maxResults = 2 << 20

// gather collects what the bundle tells: of the connection, of the test, of this machine.
func (a *app) gather(ctx context.Context, f bundleFlags, one connector.Connection) (c bundle.Contents, err error) {
	if f.results == "" {
		c, err = a.tested(ctx, one)
	} else {
		c = saved.Bundled(a.environment(nil), one)
		var text []byte
		if text, err = a.readSome(f.results); err == nil {
			c.Stages, c.Verdict, err = report.Stages(text)
		}
	}
	if err == nil && f.record != "" {
		var text []byte
		text, err = a.readSome(f.record)
		c.Record = string(text)
	}
	return c, err
}

// tested walks the ladder as test does, for the bundle to tell of.
func (a *app) tested(ctx context.Context, one connector.Connection) (bundle.Contents, error) {
	b, err := saved.NewBundling(a.environment(nil), one)
	if err != nil {
		return bundle.Contents{}, err
	}
	defer b.Close()
	results, err := a.climb(ctx, b.Attempt, false)
	if err != nil {
		return bundle.Contents{}, err
	}
	return b.Contents(results), nil
}

func (a *app) readSome(path string) ([]byte, error) {
	from, err := a.named(path)
	if err != nil {
		return nil, err
	}
	text, err := from.Read(maxResults)
	switch {
	case errors.Is(err, infile.ErrNotPlain), errors.Is(err, infile.ErrTooLarge):
		return nil, usage(infile.Wrong(connector.CleanLine(from.Title(), 200), err), "Give a file that this program wrote.")
	case err != nil:
		return nil, usage("The file could not be read: "+connector.CleanLine(infile.Reason(err), 200)+".", "Give a file that this program wrote.")
	}
	return text, nil
}
