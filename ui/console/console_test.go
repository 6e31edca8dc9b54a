package console

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

var listed = Table{
	Headings: []string{"NAME", "WORKSPACE", "READS"},
	Rows: [][]string{
		{"Asset inventory – prod", "adb-1234567890123456.7.azuredatabricks.net", "inventory.assets.components"},
		{"lab", "adb-7405605741000000.0.azuredatabricks.net", "inventory.assets, 2 tables"},
	},
}

func TestATableIsAsWideAsItsContent(t *testing.T) {
	const want = "NAME                    WORKSPACE                                   READS\n" +
		"Asset inventory – prod  adb-1234567890123456.7.azuredatabricks.net  inventory.assets.components\n" +
		"lab                     adb-7405605741000000.0.azuredatabricks.net  inventory.assets, 2 tables\n"
	for _, width := range []int{0, 95, 200} {
		if got := listed.Text(Style{}, width); got != want {
			t.Errorf("at %d it is\n%s\nwant\n%s", width, got, want)
		}
	}
}

func TestATableGivesWayAtNamesDotsAndCutsNothing(t *testing.T) {
	for _, width := range []int{94, 80, 60, 40} {
		text := listed.Text(Style{}, width)
		for line := range strings.Lines(text) {
			if cells := ansi.StringWidth(strings.TrimRight(line, "\n")); cells > width {
				t.Errorf("at %d a line has %d cells:\n%s", width, cells, text)
			}
		}
		if got, all := letters(text), letters(listed.Text(Style{}, 0)); got != all {
			t.Errorf("at %d something is lost:\n%s", width, text)
		}
	}
	if text := listed.Text(Style{}, 80); !strings.Contains(text, "adb-1234567890123456.7. ") || !strings.Contains(text, "azuredatabricks.net") {
		t.Errorf("a name is not broken at its dots:\n%s", text)
	}
}

func TestAWordStaysWholeWhereAnotherColumnGivesWay(t *testing.T) {
	long := "Administer the account, its workspaces and its identities, and give roles"
	text := Table{Rows: [][]string{{"Workspace Creator", "workspace_creator (no API tells)", long, long}}}.Text(Style{}, 80)
	if !strings.Contains(text, "workspace_creator ") {
		t.Errorf("a word is broken:\n%s", text)
	}
}

// letters are those of a text in one order, whatever lines they stand on.
func letters(text string) string {
	all := []byte(strings.Join(strings.Fields(text), ""))
	slices.Sort(all)
	return string(all)
}

func TestColourIsAddedToTheMarksAndTakesNothingAway(t *testing.T) {
	const text = "✓ S00 Values: passed\n  ✗ USE CATALOG\n! careful\n? unknown\n· blocked\nwhat? ! not at the start\n✓\n"
	painted := Style{Colour: true}.Marks(text)
	if ansi.Strip(painted) != text || strings.Count(painted, "\x1b[0m") != 5 || !strings.Contains(painted, "  \x1b[31m✗\x1b[0m USE") {
		t.Errorf("%q", painted)
	}
	for _, style := range []Style{{}, {Colour: true}} {
		for _, text := range []string{style.Title("Has"), style.Bad("Authentication failed"), style.Marks(text), listed.Text(style, 60)} {
			if strings.Contains(text, "\x1b") != style.Colour {
				t.Errorf("colour %v: %q", style.Colour, text)
			}
		}
	}
}

func TestThePagerIsTheOneThatWasChosen(t *testing.T) {
	for _, c := range []struct {
		name, pager string
		set, there  bool
		want        []string
	}{
		{"none is chosen", "", false, true, []string{"/bin/less", "-FRX"}},
		{"none is chosen and less is not there", "", false, false, nil},
		{"most, with an option", "most -s", true, true, []string{"/bin/most", "-s"}},
		{"one that is not there", "most", true, false, nil},
		{"cat", "cat", true, true, nil},
		{"nothing", "", true, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Pager(func(string) (string, bool) { return c.pager, c.set }, func(name string) (string, error) {
				if !c.there {
					return "", errors.New("not found")
				}
				return "/bin/" + name, nil
			})
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestATextFitsWhereALineStaysFree(t *testing.T) {
	for _, c := range []struct {
		text          string
		width, height int
		want          bool
	}{
		{"a\nb\n", 80, 3, true}, {"a\nb\nc\n", 80, 3, false}, {strings.Repeat("x", 81) + "\n", 80, 3, true}, {strings.Repeat("x", 161) + "\n", 80, 3, false}, {"", 80, 24, true},
	} {
		if got := Fits(c.text, c.width, c.height); got != c.want {
			t.Errorf("%q on %d×%d: %v", c.text, c.width, c.height, got)
		}
	}
}

func TestAPagerIsGivenTheText(t *testing.T) {
	if os.Getenv("PRETEND_PAGER") != "" {
		_, _ = os.Stdout.WriteString("paged")
		os.Exit(3) // as a pager that was left
	}
	t.Setenv("PRETEND_PAGER", "1")
	var out bytes.Buffer
	if err := Page([]string{os.Args[0], "-test.run=^TestAPagerIsGivenTheText$"}, "text", &out, &out); err != nil || out.String() != "paged" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := Page([]string{"/no/such/pager"}, "text", &out, &out); err == nil {
		t.Error("a pager that is not there is no error")
	}
}

func TestAHelpIsFilledToTheWidth(t *testing.T) {
	const help = "Certify that a saved connection can only read, and read only\nwhat was chosen.\n\nUsage:\n  program audit NAME [flags]\n\nFlags:\n" +
		"      --admin-profile string   sign in as the admin of this profile of a file\n  -h, --help                   help for audit\n"
	const want = "Certify that a saved connection can only read, and read only\nwhat was chosen.\n\nUsage:\n  program audit NAME [flags]\n\nFlags:\n" +
		"      --admin-profile string   sign in as the admin of this\n                               profile of a file\n  -h, --help                   help for audit\n"
	if got := Fill(help, 60); got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
	for _, width := range []int{30, 40, 60, 80, 200} {
		if filled := Fill(help, width); strings.Join(strings.Fields(filled), " ") != strings.Join(strings.Fields(help), " ") {
			t.Errorf("at %d something is lost:\n%s", width, filled)
		}
	}
	if got := Fill(help, 200); !strings.HasPrefix(got, "Certify that a saved connection can only read, and read only what was chosen.\n\n") {
		t.Errorf("prose is not joined:\n%s", got)
	}
}
