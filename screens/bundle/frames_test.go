package bundle

import (
	"fmt"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestABundleLooksAsDrawn(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"opened": nil, "stage": {"enter"}, "connection": {"c"}, "requests": {"w"}} {
		var b strings.Builder
		for _, size := range screentest.FrameSizes {
			s := openBundle(t, failedAtTheSchema(), size.Width, size.Height)
			fmt.Fprintf(&b, "%s %d×%d\n%s", strings.Repeat("─", 8), size.Width, size.Height, screentest.PlainText(s.press(keys...)))
		}
		screentest.CompareGolden(t, "bundle/"+name, b.String())
	}
}
