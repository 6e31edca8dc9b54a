package inventory

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/words"
)

func (f Face) export() *cobra.Command {
	var w choice
	var o export.Options
	var folder, form string
	var partitioned bool
	c := &cobra.Command{
		Use: "export", Short: "Write what was found to files for other programs", Args: atMost(0),
		Long: "Write what was found to files: a file for each kind as parquet, unless ndjson or csv is named, each row with its kind, id, parent,\n" +
			"name and its properties as JSON; or one file as opengraph, which BloodHound takes. The same inventory gives the same bytes. No\n" +
			"secret is in it. With --share, aliases stand in the place of what names somebody.\n\n" +
			"--partitioned lays the last whole run of each workspace out as workspace=…/run=… below the folder, which query engines take for\n" +
			"partitions. A run that is there already stays as it is, and so do those of other workspaces and days.",
		RunE: func(*cobra.Command, []string) error {
			if folder == "" {
				return &connector.Error{Kind: connector.ErrInput, What: "No folder is named.", Remedy: "Give --to with the folder of the files, which is made where it is missing."}
			}
			if partitioned {
				if len(o.Kinds)+len(o.Filter.Where) > 0 || o.Filter.Text != "" || o.Overwrite {
					return &connector.Error{Kind: connector.ErrInput, What: "--partitioned lays out whole runs.", Remedy: "Leave --kind, --match, --where and --overwrite out."}
				}
				return f.everywhere(&w, export.Layout{Folder: folder, Form: export.Form(strings.ToLower(form))})
			}
			run, m, err := w.open(f)
			if err != nil {
				return err
			}
			defer func() { _ = run.Close() }()
			o.Form = export.Form(strings.ToLower(form))
			written, err := export.Write(run, folder, o)
			if err != nil {
				return err
			}
			rows := 0
			for _, file := range written {
				rows += file.Rows
			}
			_, err = fmt.Fprintln(f.Out(), f.Prose(fmt.Sprintf("The run %s is in %s: %s, %s.",
				m.ID, connector.CleanLine(folder, 300), words.Count(len(written), "file"), words.Count(rows, "row"))))
			return err //nolint:wrapcheck // the terminal's or the pipe's own
		},
	}
	w.register(c, true)
	flags := c.Flags()
	flags.StringVar(&folder, "to", "", "the folder of the files, which is made where it is missing")
	_ = c.MarkFlagDirname("to")
	flags.StringVar(&form, "format", string(export.Usual), "of the files: parquet, ndjson, csv, opengraph")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"parquet", "ndjson", "csv", "opengraph"}, cobra.ShellCompDirectiveNoFileComp))
	flags.StringArrayVar(&o.Kinds, "kind", nil, "only this kind; may be given several times")
	flags.StringVar(&o.Filter.Text, "match", "", "only rows with this text in their id, name or fields")
	flags.StringArrayVar(&o.Filter.Where, "where", nil, "only rows with this value of a field; may be given several times")
	flags.BoolVar(&partitioned, "partitioned", false, "as workspace=…/run=… below the folder, of every workspace or that of --of")
	flags.BoolVar(&o.Overwrite, "overwrite", false, "replace files that are there")
	return c
}
