package seed

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The seeds keep the tables' dice apart.
const (
	seedComponents = iota + 1
	seedDevices
	seedServers
	seedTickets
	seedContracts
	seedSoftware
)

// maker makes the rows of a table, each from its number alone.
type maker struct {
	columns []unity.Column // where the file leaves them out
	rows    func(seed uint64) func(i int) []any
}

// makers are the functions that a file can name.
var makers = map[string]maker{
	"components": {rows: always(componentRow)},
	"devices":    {rows: always(deviceRow)},
	"servers":    {rows: always(serverRow)},
	"tickets":    {rows: always(ticketRow)},
	"contracts":  {rows: always(contractRow)},
	"software":   {rows: always(softwareRow)},
	"plain":      {columns: plainColumns, rows: plainRows},
}

// always is a maker that has its seed already.
func always(row func(int) []any) func(uint64) func(int) []any {
	return func(uint64) func(int) []any { return row }
}

func componentRow(i int) []any {
	d := throw(seedComponents, i)
	kind := d.IntN(len(componentOf))
	return []any{
		int64(10_001 + i), fmt.Sprintf("%s-%02d", prefixOf[kind], i%97+1), componentOf[kind], d.of(vendors), d.version(),
		d.sometimes(4, d.serial()), d.sometimes(9, d.between(50_001, 53_214)), d.sometimes(6, d.money(40, 18_000)),
		d.IntN(12) != 0, d.sometimes(5, d.day(6*365)), d.sometimes(3, d.moment(72)),
	}
}

func deviceRow(i int) []any {
	d := throw(seedDevices, i)
	system := d.IntN(len(systems))
	kind := d.of([]string{"laptop", "phone", "printer", "router", "switch", "thin client"})
	site := d.of(sites)
	return []any{
		int64(50_001 + i), fmt.Sprintf("%s-%s-%04d", site, kind[:2], i+1), kind, site,
		d.sometimes(8, systems[system]), d.sometimes(8, releases[system]), d.of(teams), d.IntN(9) != 0, d.sometimes(4, d.moment(24*14)),
	}
}

func serverRow(i int) []any {
	d := throw(seedServers, i)
	system := d.IntN(len(systems))
	site := d.of(sites)
	return []any{
		int64(70_001 + i), fmt.Sprintf("srv-%s-%04d", site, i+1), d.of([]string{"production", "production", "staging", "test"}), site,
		fmt.Sprintf("%c%02d", 'A'+rune(d.IntN(8)), d.IntN(24)+1), int64(8) << d.IntN(5), int64(32) << d.IntN(6),
		float64(d.between(4, 640)) / 8, systems[system], releases[system],
		fmt.Sprintf("10.%d.%d.%d", d.IntN(32), d.IntN(256), d.between(2, 250)), d.money(60, 4_200),
		d.day(7 * 365), d.sometimes(7, d.moment(24*90)),
	}
}

func ticketRow(i int) []any {
	d := throw(seedTickets, i)
	status := d.of(statuses)
	opened := d.moment(24 * 400)
	row := []any{
		int64(200_001 + i), d.of(complaints), d.of(priorities), status, fmt.Sprintf("srv-%s-%04d", d.of(sites), d.between(1, 1_876)),
		d.sometimes(15, d.of(people)), opened, nil,
	}
	if status == "closed" {
		row[7] = opened.Add(AsOf.Sub(opened) / 3)
	}
	return row
}

func contractRow(i int) []any {
	d := throw(seedContracts, i)
	return []any{int64(i + 1), d.of(vendors), d.of([]string{"EMEA", "AMER", "APAC"}), d.money(900, 240_000), AsOf.AddDate(0, 0, d.IntN(900)).Truncate(24 * time.Hour)}
}

func softwareRow(i int) []any {
	d := throw(seedSoftware, i)
	name := d.of([]string{"openssl", "nginx", "postgresql", "openjdk", "curl", "chrony", "telegraf", "podman"})
	return []any{int64(i + 1), name, d.version(), d.between(1, 1_800), d.sometimes(2, binary.BigEndian.AppendUint64(nil, d.Uint64()))}
}
