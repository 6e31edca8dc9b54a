package fold

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestLinesAreBrokenBetweenWords(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"what fits", "a short line", "a short line"},
		{"at a blank", "the quick brown fox jumps", "the quick brown\nfox jumps"},
		{"with its indent", "  request  PATCH the thing", "  request  PATCH\n  the thing"},
		{"a long word whole", "to adb-7405605741000000.0.azuredatabricks.net it went", "to\nadb-7405605741000000.0.azuredatabricks.net\nit went"},
		{"each line by itself", "one two three four five\nsix", "one two three\nfour five\nsix"},
		{"wide characters", "表 表 表 表 表 表 表", "表 表 表 表 表\n表 表"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Words(test.text, 16); got != test.want {
				t.Errorf("%q, not %q", got, test.want)
			}
		})
	}
}

func TestANameIsBrokenBehindAPartOfIt(t *testing.T) {
	const host = "adb-7405605741000000.0.azuredatabricks.net"
	tests := []struct {
		name, text string
		width      int
		want       string
	}{
		{"a host", host, 38, "adb-7405605741000000.0.\nazuredatabricks.net"},
		{"a number is not broken at its point", "/api/2.1/unity-catalog/permissions", 10, "/api/2.1/\nunity-\ncatalog/\npermission\ns"},
		{"a version behind a colon", "schemas:core:2.0:ServicePrincipal", 16, "schemas:core:\n2.0:\nServicePrincipal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Text(test.text, test.width); got != test.want {
				t.Errorf("%q, not %q", got, test.want)
			}
			styled := Text("\x1b[38;5;248m"+test.text+"\x1b[m", test.width)
			if got := ansi.Strip(styled); got != test.want || strings.Count(styled, "38;5;248") == 0 {
				t.Errorf("in colour %q, not %q", styled, test.want)
			}
		})
	}
}
