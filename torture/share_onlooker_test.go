package torture

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// exempt are values of the demo that are words of the product as well, or the same in every workspace: no search of a frame can tell
// one from the other. Values under four characters are exempt for the same reason.
var exempt = strings.Fields(`access account accounts admins active audit billing category classic closed components compute country customer data default
	description device devices entries environment events exact firewall region title whole network request folder free from grant has_sql hive_metastore host hostname information_schema kind ledger
	location main managed medium model moment name network normal notes open orders owner people pool reading product read rows samples schema server servers sample secret service single small
	size standard start state status system table tables test true type unknown updated usage users value values version view
	warehouse warehouses work`)

// crowd are the sensitive values of a workspace's world, as it was seeded.
func crowd(w *model.World) []string {
	admin, _ := w.Principal(demo.AdminID)
	values := []string{demo.HostName, demo.ConnectorID, strings.Split(strings.TrimPrefix(demo.HostName, "adb-"), ".")[0]}
	for _, kind := range []model.PrincipalKind{model.Group, model.User, model.ServicePrincipal} {
		for _, p := range w.InWorkspace().List(kind) {
			values = append(values, p.Name, p.DisplayName)
		}
	}
	for _, c := range w.Catalogs(admin, model.Everything).Items {
		values = append(values, c.Item.Name, c.Item.Owner)
		schemas, err := w.Schemas(admin, c.Item.Name, model.Everything)
		if err != nil {
			continue
		}
		for _, s := range schemas.Items {
			values = append(values, s.Item.Name)
			tables, err := w.Tables(admin, c.Item.Name, s.Item.Name, model.Window{Size: 40, Browse: true})
			if err != nil {
				continue
			}
			for _, t := range tables.Items {
				values = append(values, insideTable(t.Item)...)
			}
		}
	}
	return values
}

// insideTable are a table's name, its columns and the values of its first rows.
func insideTable(t model.Table) []string {
	values := []string{t.Name}
	for _, column := range t.Columns {
		values = append(values, column.Name)
	}
	for i := range min(t.RowCount, 5) {
		if t.Rows == nil {
			break
		}
		for _, cell := range t.Rows(i) {
			if text, isText := cell.(string); isText {
				values = append(values, text)
			}
		}
	}
	return values
}

// wanted makes one search of the values that can be told from a word.
func wanted(values []string) map[string]*regexp.Regexp {
	found := map[string]*regexp.Regexp{}
	for _, value := range values {
		value = strings.ToLower(value)
		letters := strings.IndexFunc(value, unicode.IsLetter) >= 0
		if utf8.RuneCountInString(value) < 4 || slices.Contains(exempt, value) || !letters && len(value) < 7 {
			continue
		}
		found[value] = regexp.MustCompile(`(^|[^\pL\pN_])` + regexp.QuoteMeta(value) + `($|[^\pL\pN_])`)
	}
	return found
}

// onlooker sees everything that a person could, and remembers which values it saw where.
type onlooker struct {
	values map[string]*regexp.Regexp
	seen   map[string]string
	frames int
	clock  *model.ManualClock // of the workspace and of the program

	alike     [][]string        // objects by all that they are called
	full      []string          // names of several parts
	left      map[string]string // what is left of a name at an alias, and where
	renamed   map[string]string // our own sentences that are not the same while sharing
	sentences map[string]bool   // those that were compared
	pairs     int               // frames that were
	checked   int               // objects whose aliases were compared
}

// newOnlooker has seen nothing yet.
func newOnlooker(clock *model.ManualClock) *onlooker {
	return &onlooker{seen: map[string]string{}, left: map[string]string{}, renamed: map[string]string{}, sentences: map[string]bool{}, clock: clock}
}

func (o *onlooker) look(where, text string) {
	text = ansi.Strip(text)
	for _, rest := range glued.FindAllString(text, 20) {
		o.left[rest] = where
	}
	text = strings.ToLower(text)
	for _, ours := range []string{"that hold your inventory", setup.LooksLikeInventory} { // our own sentences, whatever a catalog is called
		text = strings.ReplaceAll(text, ours, "")
	}
	for value, form := range o.values {
		if o.seen[value] == "" && strings.Contains(text, value) && form.MatchString(text) {
			at := form.FindStringIndex(text)
			o.seen[value] = where + ": " + text[max(0, at[0]-60):min(len(text), at[1]+60)]
		}
	}
}
