package seed

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// AsOf is the moment the data was last refreshed. It is fixed, so that screens and recordings are the same in every run.
var AsOf = time.Date(2026, time.November, 20, 8, 11, 0, 0, time.UTC)

// dice gives the random values of one row. A row's dice are thrown anew from its table and number each time, so rows can be read in any
// order, by any number of readers, and are always the same.
type dice struct{ *rand.Rand }

func throw(table uint64, row int) dice { return dice{rand.New(rand.NewPCG(table, uint64(row)))} }

func (d dice) of(list []string) string { return list[d.IntN(len(list))] }

func (d dice) between(low, high int) int64 { return int64(low + d.IntN(high-low+1)) }

// sometimes gives value, or nil so many times in a hundred.
func (d dice) sometimes(nilPercent int, value any) any {
	if d.IntN(100) < nilPercent {
		return nil
	}
	return value
}

// money is an amount in plain decimal notation with two digits after the point.
func (d dice) money(low, high int) string {
	return fmt.Sprintf("%d.%02d", d.between(low, high), d.IntN(100))
}

// day is a date up to so many days before the refresh.
func (d dice) day(back int) time.Time {
	return AsOf.Truncate(24*time.Hour).AddDate(0, 0, -d.IntN(back+1))
}

// moment is a time up to so many hours before the refresh.
func (d dice) moment(hours int) time.Time {
	return AsOf.Add(-time.Duration(d.IntN(hours*3600+1)) * time.Second)
}

func (d dice) version() string {
	return fmt.Sprintf("%d.%d.%d", d.between(9, 24), d.IntN(10), d.IntN(20))
}

func (d dice) serial() string {
	return fmt.Sprintf("%s%08X", d.of([]string{"FD", "SN", "CZ", "JX"}), d.Uint32())
}

// The words that the data is made of.
var (
	sites       = []string{"ams1", "ber2", "dub1", "fra3", "lej1", "muc1", "par2", "sto1"}
	vendors     = []string{"Aruba", "Cisco", "Dell", "Fortinet", "HPE", "Juniper", "Lenovo", "NetApp"}
	componentOf = []string{"router", "switch", "firewall", "disk shelf", "power supply", "line card", "access point", "load balancer"}
	prefixOf    = []string{"edge-router", "core-switch", "fw", "shelf", "psu", "card", "ap", "lb"}
	teams       = []string{"network", "platform", "storage", "workplace", "security"}
	systems     = []string{"Ubuntu", "Red Hat Enterprise Linux", "Windows Server", "Debian"}
	releases    = []string{"24.04", "9.5", "2025", "12"}
	priorities  = []string{"low", "normal", "high", "critical"}
	statuses    = []string{"open", "in progress", "waiting", "closed", "closed", "closed"}
	complaints  = []string{"Fan failure", "Disk predicted to fail", "Firmware out of support", "Unreachable since last night", "License expires soon", "Wrong rack position"}
	people      = []string{"a.novak", "b.jansen", "c.silva", "d.haddad", "e.koch", "f.rossi"}
)
