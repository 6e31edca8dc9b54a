package estate

import (
	"fmt"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
)

var (
	warehouseSizes = []string{"2X-Small", "X-Small", "Small", "Medium", "Large"}
	warehouseTypes = []compute.WarehouseType{compute.Serverless, compute.Serverless, compute.Pro, compute.Classic}
)

// addWarehouses makes SQL warehouses until there are so many.
func (f *filling) addWarehouses() error {
	for i := range f.size.Warehouses - len(f.Warehouses(f.admin)) {
		d := throw(f.size.Seed, forWarehouses, i)
		err := f.AddWarehouse(compute.Warehouse{
			ID: fmt.Sprintf("%016x", 0xe57a_7e00_0000+i), Name: fmt.Sprintf("%s %s %03d", of(d, divisions, 0), of(d, purposes, 1), i),
			Size: of(d, warehouseSizes, 2), Type: of(d, warehouseTypes, 3), Creator: of(d, f.users, 4), AutoStop: 10 * time.Minute, StartTakes: time.Minute,
			InitiallyRunning: d.inHundred(20, 5), Access: map[string]model.Level{of(d, f.groups, 6): model.CanUse, of(d, f.groups, 7): model.CanMonitor},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addJobs makes jobs until there are so many.
func (f *filling) addJobs() error {
	const first = 610_000_000_000_000
	for i := range f.size.Jobs - len(f.Things(f.admin, jobs)) {
		d := throw(f.size.Seed, forJobs, i)
		creator := of(d, f.users, 0)
		runAs := creator
		if d.inHundred(40, 1) {
			runAs = of(d, f.services, 2)
		}
		err := f.AddThing(model.Thing{
			Kind: jobs, ID: strconv.Itoa(first + i), Creator: creator, Access: map[string]model.Level{of(d, f.groups, 3): jobLevels[d.below(len(jobLevels), 4)]},
			Details: map[string]any{
				"creator_user_name": creator, "run_as_user_name": runAs, "created_time": d.moment(5),
				"settings": map[string]any{
					"name": fmt.Sprintf("%s %s %05d", of(d, verbs, 6), of(d, entities, 7), i), "format": "MULTI_TASK", "max_concurrent_runs": 1,
				},
			},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const jobs model.ControlledKind = "jobs"

var jobLevels = []model.Level{model.CanView, registry.CanManageRun, model.CanManage}

// moment is a time in the four years before the data of the demo was refreshed, in milliseconds.
func (d dice) moment(turn int) int64 {
	const years = 4 * 365 * 24 * 60 * 60
	return seed.AsOf.Add(-time.Duration(d.below(years, turn)) * time.Second).UnixMilli()
}

// addTokens gives every twentieth user a personal access token, most of which end within two years of their making.
func (f *filling) addTokens() error {
	const years = 2
	for i := 0; i < len(f.users); i += 20 {
		d := throw(f.size.Seed, forTokens, i)
		made := seed.AsOf.AddDate(0, 0, -d.below(years*365, 0))
		t := model.Token{Owner: f.users[i], CreatedBy: f.users[i], Comment: of(d, []string{"cli", "laptop", "notebook", "power bi", "vscode", "test"}, 1), Created: made}
		if !d.inHundred(15, 2) {
			t.Expires = made.AddDate(years, 0, 0)
		}
		if d.inHundred(80, 3) {
			used := min(made.AddDate(0, 0, d.below(30, 4)).Unix(), seed.AsOf.Unix())
			t = t.UsedAt(time.Unix(used, 0))
		}
		f.PresetToken(t, model.NewTokenValue())
	}
	return nil
}
