package seed

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// spoiled are the files, with something wrong in them.
type spoiled struct {
	people  peopleFile
	objects objectsFile
	tables  tablesFile
	houses  houses
	things  workspaceFile
}

// last is the table whose rows stand in the file.
func (f *spoiled) last() *table { return &f.tables.Tables[len(f.tables.Tables)-1] }

// TestWhatTheFilesDoNotKnowIsRefused spoils one thing at a time in the files as they are.
func TestWhatTheFilesDoNotKnowIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*spoiled)
		says  string
	}{
		"nothing":                                   {func(*spoiled) {}, ""},
		"the owner of the metastore":                {func(f *spoiled) { f.people.Metastore.Owner = "x" }, `there is no principal "x"`},
		"a group that somebody is in":               {func(f *spoiled) { f.people.Users[0].MemberOf = []string{"x"} }, `there is no principal "x"`},
		"an entitlement":                            {func(f *spoiled) { f.people.Groups[0].Entitlements = []string{"x"} }, "Entitlement x is not supported"},
		"one name twice":                            {func(f *spoiled) { f.people.Users[0].Name = f.people.Users[1].Name }, "two principals"},
		"a level":                                   {func(f *spoiled) { f.people.Permissions[0].Access["users"] = "CAN_DREAM" }, "'CAN_DREAM' is not"},
		"a kind of list":                            {func(f *spoiled) { f.people.Permissions[0].Kind = "x" }, `"x" is not a kind`},
		"somebody on a list":                        {func(f *spoiled) { f.people.Permissions[0].Access["x"] = "CAN_USE" }, `there is no principal "x"`},
		"a privilege":                               {func(f *spoiled) { f.objects.Catalogs[0].Grants["account users"] = []string{"USE MAGIC"} }, "USE MAGIC"},
		"who was granted it":                        {func(f *spoiled) { f.objects.Catalogs[0].Grants["x"] = []string{"BROWSE"} }, `there is no principal "x"`},
		"the owner of a catalog":                    {func(f *spoiled) { f.objects.Catalogs[0].Owner = "x" }, `catalog inventory: there is no principal "x"`},
		"a type of catalog":                         {func(f *spoiled) { f.objects.Catalogs[0].Type = "x" }, `"x" is not a type of a catalog`},
		"a kind of object":                          {func(f *spoiled) { f.objects.Objects[0].Kind = "x" }, `"x" is not a kind of object`},
		"a name with too few parts":                 {func(f *spoiled) { f.objects.Objects[0].Name = "a.b" }, "not a valid name"},
		"a kind of object that has more than a row": {func(f *spoiled) { f.objects.Objects[0].Kind = "TABLE" }, `"TABLE" is not a kind of object`},
		"who a share is for":                        {func(f *spoiled) { f.share().Grants = map[string][]string{"analysts": {"SELECT"}} }, `there is no recipient "analysts"`},
		"a type of table":                           {func(f *spoiled) { f.tables.Tables[0].Type = "x" }, `"x" is not a type of a table`},
		"a schema":                                  {func(f *spoiled) { f.tables.Tables[0].Name = "inventory.x.y" }, "there is no schema inventory.x"},
		"a type of column":                          {func(f *spoiled) { f.tables.Tables[0].Columns[0].Type = "x" }, `column id: "x" is not a type of a column`},
		"a decimal without its digits":              {func(f *spoiled) { f.tables.Tables[0].Columns[0].Type = "decimal(10)" }, "is not a type of a column"},
		"a function that filters rows":              {func(f *spoiled) { f.tables.Tables[0].RowFilter = "a.b.c" }, "there is no function a.b.c"},
		"a function that masks a column":            {func(f *spoiled) { f.tables.Tables[0].Columns[0].Mask = "a.b.c" }, "there is no function a.b.c"},
		"who makes the rows":                        {func(f *spoiled) { f.tables.Tables[0].Rows.MadeBy = "x" }, `no rows are made by "x"`},
		"a column that rows have no value for":      {func(f *spoiled) { f.tables.Tables[0].Columns = f.tables.Tables[0].Columns[1:] }, "11 values for 10 columns"},
		"a column of another type than its rows":    {func(f *spoiled) { f.tables.Tables[0].Columns[0].Type = "date" }, "is no date for column id"},
		"a literal row that is too short":           {func(f *spoiled) { f.last().Rows.Literal[0] = f.last().Rows.Literal[0][1:] }, "row 1 has 17 values for 18 columns"},
		"a literal of another type":                 {func(f *spoiled) { f.last().Rows.Literal[1][1] = "yes" }, "row 2: yes, a string, is no boolean"},
		"a date that is none":                       {func(f *spoiled) { f.last().Rows.Literal[1][12] = "2024-02-30" }, "is no date for column day"},
		"a NULL where there is none":                {func(f *spoiled) { f.last().Rows.Literal[3][0] = nil }, "column id is NULL"},
		"a kind of thing":                           {func(f *spoiled) { f.things.Things[0].Kind = "x" }, `"x" is not a kind of object with permissions`},
		"who made a thing":                          {func(f *spoiled) { f.things.Things[0].Creator = "x" }, `there is no principal "x"`},
		"a level on a thing":                        {func(f *spoiled) { f.things.Things[0].Access["analysts"] = "CAN_DREAM" }, "'CAN_DREAM' is not"},
		"who may use a warehouse":                   {func(f *spoiled) { f.houses.usual[0].Access["x"] = 0 }, `Starter Warehouse: there is no principal "x"`},
	} {
		f := asTheyAre(t)
		c.spoil(&f)
		_, err := read(source{
			people:  func() (peopleFile, error) { return f.people, nil },
			objects: func() (objectsFile, error) { return f.objects, nil },
			tables:  func() (tablesFile, error) { return f.tables, nil },
			houses:  func() (houses, error) { return f.houses, nil },
			things:  func() (workspaceFile, error) { return f.things, nil },
		})
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (warehousesFile{Warehouses: []warehouse{{Type: "x"}}}).made(); err == nil {
		t.Error("a type of warehouse that is none is read")
	}
}

func asTheyAre(t *testing.T) (f spoiled) {
	t.Helper()
	var errs [5]error
	f.people, errs[0] = fromAssets.people()
	f.objects, errs[1] = fromAssets.objects()
	f.tables, errs[2] = fromAssets.tables()
	f.houses, errs[3] = fromAssets.houses()
	f.things, errs[4] = fromAssets.things()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	f.houses.usual = copies(f.houses.usual)
	return f
}

// BenchmarkRead is what the first demo of a run pays for its files.
func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := read(fromAssets); err != nil {
			b.Fatal(err)
		}
	}
}

// share is the first share.
func (f *spoiled) share() *object {
	return &f.objects.Objects[slices.IndexFunc(f.objects.Objects, func(o object) bool { return o.Kind == "SHARE" })]
}
