package estate

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// CatalogPrefix begins the names of the catalogs that are made here.
const CatalogPrefix = "lake_"

// addCatalogs makes the catalogs with their schemas, the tables of which are made when somebody looks at them. Everybody sees that they are
// there; who reads them is a group of each catalog and some of each schema.
func (f *filling) addCatalogs() error {
	for i := range f.size.Catalogs {
		d := throw(f.size.Seed, forGrants, i)
		name := fmt.Sprintf("%s%s_%02d", CatalogPrefix, divisions[i%len(divisions)], i)
		owner := of(d, f.groups, 0)
		err := errors.Join(
			f.AddCatalog(model.Catalog{Name: name, Owner: owner}),
			f.Preset(unity.OnCatalog(name), model.AccountUsers, unity.Browse),
			f.Preset(unity.OnCatalog(name), of(d, f.groups, 1), unity.UseCatalog, unity.UseSchema, unity.Select),
		)
		for k := range f.size.Schemas {
			err = errors.Join(err, f.addSchema(name, owner, i*f.size.Schemas+k))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) addSchema(catalog, owner string, i int) error {
	d := throw(f.size.Seed, forGrants, 1_000+i)
	name := fmt.Sprintf("%s_%02d", domains[i%len(domains)], i)
	err := f.AddSchema(model.Schema{Catalog: catalog, Name: name, Owner: owner})
	for turn := range 3 {
		reader := of(d, f.groups, 2*turn)
		err = errors.Join(err,
			f.Preset(unity.OnCatalog(catalog), reader, unity.UseCatalog), f.Preset(unity.OnSchema(catalog, name), reader, unity.UseSchema, unity.Select),
		)
	}
	first := throw(f.size.Seed, forGrants, 2_000+i).below(1_000, 0)
	count := f.size.Tables
	return errors.Join(err, f.AddGenerated(catalog, name, model.Generated{
		Count: count,
		Make: func(n int) model.Table {
			return seed.PlainTable(catalog, name, tableName(first+n, n), owner, uint64(n%100))
		},
		Find: func(table string) (int, bool) {
			n, err := strconv.Atoi(table[strings.LastIndexByte(table, '_')+1:])
			return n, err == nil && n >= 0 && n < count && tableName(first+n, n) == table
		},
	}))
}

// tableName is a name such as invoice_pricing_00042, which leads back to the number.
func tableName(words, n int) string {
	return fmt.Sprintf("%s_%s_%05d", entities[words%len(entities)], domains[words%len(domains)], n)
}
