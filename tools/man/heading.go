package main

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// window is how many cells man gives a line in the usual window. Wider lines at the head and the foot of a page are written over each other.
const window = 78

// manuals are what the pages belong to, as long as there is room for it.
var manuals = []string{"Draftt for Azure Databricks", "Draftt"}

// heading is the line that makes the head and the foot of a page: its title on both sides of the manual, the source beside the date.
func heading(c *cobra.Command, version, date string) string {
	full := strings.ToUpper(pageName(c))
	short := cmp.Or(strings.TrimPrefix(full, strings.ToUpper(c.Root().Name())+"-"), full)
	title, manual := short, manuals[len(manuals)-1]
	for _, wide := range []string{short, full} { // the last that fits is the fullest
		for i := len(manuals) - 1; i >= 0; i-- {
			if stands(wide+"(1)", manuals[i]) && stands(wide+"(1)", date) {
				title, manual = wide, manuals[i]
			}
		}
	}
	source := c.Root().Name() + " " + version
	if !stands(source, date) {
		source = version
	}
	return fmt.Sprintf(".TH %q 1 %q %q %q\n", title, date, source, manual)
}

// stands reports whether a text has room at the side of one in the middle.
func stands(side, middle string) bool { return 2*len(side)+len(middle)+2 <= window }

// day is the date of the pages, empty where SOURCE_DATE_EPOCH does not say when what they are made from was written: the same release makes
// the same pages.
func day() string {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly)
}
