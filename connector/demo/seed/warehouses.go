package seed

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
)

// warehousesFile is demo-warehouses.yaml.
type warehousesFile struct {
	Warehouses []warehouse
	AtRest     []warehouse `yaml:"at_rest"`
}

type warehouse struct {
	ID, Name, Size, Type, Creator string
	AutoStop                      time.Duration `yaml:"auto_stop"`
	StartTakes                    time.Duration `yaml:"start_takes"`
	NeverStarts                   bool          `yaml:"never_starts"`
	Running                       bool
	Access                        map[string]string
}

var warehouseTypes = map[string]compute.WarehouseType{"classic": compute.Classic, "pro": compute.Pro, "serverless": compute.Serverless}

type houses struct{ usual, atRest []compute.Warehouse }

var readHouses = sync.OnceValues(func() (houses, error) {
	file, err := assets.Read[warehousesFile]("demo-warehouses.yaml")
	if err != nil {
		return houses{}, err
	}
	return file.made()
})

func (f warehousesFile) made() (h houses, err error) {
	if h.usual, err = made(f.Warehouses); err != nil {
		return houses{}, fmt.Errorf("demo-warehouses.yaml: %w", err)
	}
	if h.atRest, err = made(f.AtRest); err != nil {
		return houses{}, fmt.Errorf("demo-warehouses.yaml: %w", err)
	}
	return h, nil
}

// Warehouses gives the usual SQL warehouses, which the caller may change: scenarios begin with them and alter some. There are none when
// their file cannot be read, of which Read tells.
func Warehouses() []compute.Warehouse {
	h, _ := readHouses()
	return copies(h.usual)
}

// WarehousesAtRest gives those that join them where every warehouse is at rest.
func WarehousesAtRest() []compute.Warehouse {
	h, _ := readHouses()
	return copies(h.atRest)
}

// check returns an error for a warehouse that names somebody who is not there.
func (h houses) check(s *Seed) error {
	for _, v := range append(copies(h.usual), h.atRest...) {
		for _, name := range append(slices.Sorted(maps.Keys(v.Access)), v.Creator) {
			if err := s.knows(name); err != nil {
				return fmt.Errorf("demo-warehouses.yaml: warehouse %s: %w", v.Name, err)
			}
		}
	}
	return nil
}

func copies(list []compute.Warehouse) []compute.Warehouse {
	out := make([]compute.Warehouse, len(list))
	for i, v := range list {
		v.Access = maps.Clone(v.Access)
		out[i] = v
	}
	return out
}

func made(list []warehouse) ([]compute.Warehouse, error) {
	var out []compute.Warehouse
	for _, v := range list {
		kind, known := warehouseTypes[v.Type]
		if !known {
			return nil, fmt.Errorf("warehouse %s: %q is not a type of a warehouse", v.Name, v.Type)
		}
		access, err := levels(v.Access)
		if err != nil {
			return nil, fmt.Errorf("warehouse %s: %w", v.Name, err)
		}
		w := compute.Warehouse{
			ID: v.ID, Name: v.Name, Size: v.Size, Type: kind, Creator: v.Creator, AutoStop: v.AutoStop, StartTakes: v.StartTakes,
			InitiallyRunning: v.Running, Access: access,
		}
		if v.NeverStarts {
			w.StartTakes = compute.Never
		}
		out = append(out, w)
	}
	return out, nil
}
