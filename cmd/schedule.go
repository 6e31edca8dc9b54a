package cmd

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/manual"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/syncing"
)

func (a *app) schedule() *cobra.Command {
	var f syncing.ScheduleFlags
	c := &cobra.Command{
		Use: "schedule NAME", Short: "Print what has a sync run again and again", Args: meant.ExactName, ValidArgsFunction: a.completeNames, Long: manual.Schedule,
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.loud("a definition"); err != nil && f.Prints() {
				return err
			}
			v, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			files, err := f.Files(one, v.Dir(), a.flags.keyFile)
			if err != nil {
				return err
			}
			if f.Prints() {
				_, err = io.WriteString(a.results(), syncing.Printed(files))
			}
			for i := 0; i < len(files) && !f.Prints() && err == nil; i++ {
				err = a.keepIn(f.Dir, files[i].Name, files[i].Text, f.Overwrite)
			}
			if err != nil {
				return err
			}
			for _, remark := range f.Remarks(files, v, a.flags.keyFile) {
				a.note("%s", a.prose(remark))
			}
			return nil
		},
	}
	f.Register(c.Flags())
	_ = c.MarkFlagDirname("to")
	_ = c.MarkFlagDirname("runs")
	completesLive(c, "as", syncing.Whos)
	return c
}
