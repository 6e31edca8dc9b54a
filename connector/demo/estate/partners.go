package estate

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Trace is what Partner Connect left of one partner: a service principal <PARTNER>_USER with a personal access token that never expires, and a
// warehouse, as databrickslabs/partner-connect-api and the pages for admins have it. FIVETRAN_ENDPOINT and RIVERY_ENDPOINT are names from code of
// others; the rest of the names, and all comments of tokens, are guesses in their manner.
type Trace struct {
	User      string // the display name of the service principal; empty where it is gone
	Warehouse string // empty where there is none
	Comment   string // of its token; empty where there is none
	OAuth     bool   // it has an OAuth secret, as partners are asked to now
	Made      int    // days before the data was refreshed, of its token or secret; 0 where it has neither, because nothing else tells its age
	Used      int    // days before, of the token; 0 where it was never used
	Writes    bool   // it may make tables in a schema, and not read alone
}

// Traces are the partners of an estate. The one of FIVETRAN is in every world, and lacks its warehouse there.
func Traces() []Trace {
	return []Trace{
		{User: "RIVERY_USER", Warehouse: "RIVERY_ENDPOINT", Comment: "RIVERY", Made: 820, Used: 1, Writes: true},
		{User: "DBT_CLOUD_USER", Warehouse: "DBT_CLOUD_ENDPOINT", Comment: "DBT_CLOUD", Made: 540, Used: 2, Writes: true},
		{User: "HIGHTOUCH_USER", Warehouse: "HIGHTOUCH_ENDPOINT", Comment: "HIGHTOUCH", Made: 1_150, Used: 410},
		{User: "DATADOG_USER", Warehouse: "DATADOG_ENDPOINT", OAuth: true, Made: 75},
		{User: "PROPHECY_USER"},
		{Warehouse: "AIRBYTE_ENDPOINT"},
		{Warehouse: fivetran + "_ENDPOINT"},
	}
}

const fivetran = "FIVETRAN"

// lookAlike is what only reminds of a partner.
type lookAlike struct {
	kind          model.PrincipalKind
	name, display string // a service principal has its name from its display name
	warehouse     string // that it made
	comment       string // of a token of its own
}

var lookAlikes = []lookAlike{
	{kind: model.Group, name: "fivetran-users"},
	{kind: model.Group, name: "DBT_CLOUD_USERS"},
	{kind: model.User, name: "user.rivery@contoso.example", display: "Rivery User", comment: "rivery"},
	{kind: model.User, name: "petra.hightouch@contoso.example", display: "Petra Hightouch", warehouse: "Hightouch endpoint tests"},
	{kind: model.ServicePrincipal, display: "BATCH_USER", comment: "nightly batch"},
	{kind: model.ServicePrincipal, display: "svc-fivetran-user-migration"},
	{kind: model.ServicePrincipal, display: "fivetran_user", comment: "Fivetran, second try by hand"},
}

// The first ids of those that partners and look-alikes have.
const (
	firstPartner   = 5_105_000_000_000_000
	firstLookAlike = 8_855_000_000_000_000
)

// addPartners makes who partners and look-alikes are, before the people that fill the account up.
func (f *filling) addPartners() {
	for _, p := range partners() {
		f.AddPrincipal(p)
	}
}

// partners are who partners and look-alikes are.
func partners() (all []model.Principal) {
	for i, t := range Traces() {
		if t.User != "" {
			all = append(all, service(firstPartner+i, t.User))
		}
	}
	for i, l := range lookAlikes {
		p := service(firstLookAlike+i, l.display)
		if l.kind != model.ServicePrincipal {
			p.Kind, p.Name = l.kind, l.name
		}
		if l.kind == model.Group {
			p.Active, p.MemberOf = false, nil
		}
		all = append(all, p)
	}
	return all
}

func service(id int, display string) model.Principal {
	return model.Principal{
		Kind: model.ServicePrincipal, ID: strconv.Itoa(id), Name: identifier(display), DisplayName: display, Active: true, MemberOf: []string{model.WorkspaceUsers},
	}
}

// addPartnerTraces makes what partners and look-alikes have. The warehouse of a principal that is gone has an application ID for its creator
// that is nobody's.
func (f *filling) addPartnerTraces() error {
	var err error
	for i, t := range Traces() {
		who := identifier(cmp.Or(t.User, "gone with "+t.Warehouse))
		if t.Warehouse == fivetran+"_ENDPOINT" {
			who = f.named(fivetran + "_USER")
		}
		if t.Warehouse != "" {
			err = errors.Join(err, f.AddWarehouse(house(0xfa27_0000+i, t.Warehouse, who)))
		}
		f.giveToken(who, t.Comment, t.Made, t.Used)
		if t.OAuth {
			f.PresetSecret(who, model.NewSecretValue(), seed.AsOf.AddDate(0, 0, -t.Made))
		}
		if t.Writes {
			err = errors.Join(err, f.Preset(unity.OnCatalog("inventory"), who, unity.UseCatalog))
			err = errors.Join(err, f.Preset(unity.OnSchema("inventory", "staging"), who, unity.UseSchema, unity.CreateTable, unity.Modify))
		}
	}
	for i, l := range lookAlikes {
		who := l.name
		if l.kind == model.ServicePrincipal {
			who = identifier(l.display)
		}
		if l.warehouse != "" {
			err = errors.Join(err, f.AddWarehouse(house(0x100c_0000+i, l.warehouse, who)))
		}
		f.giveToken(who, l.comment, 300+i, 3)
	}
	return err
}

func house(id int, name, creator string) compute.Warehouse {
	return compute.Warehouse{
		ID: fmt.Sprintf("%016x", id), Name: name, Size: "Small", Type: compute.Pro, Creator: creator, AutoStop: 10 * time.Minute, StartTakes: 4 * time.Minute,
	}
}

// named is the application ID of the service principal with this display name.
func (f *filling) named(display string) string {
	for _, p := range f.InAccount().List(model.ServicePrincipal) {
		if p.DisplayName == display {
			return p.Name
		}
	}
	return ""
}

// giveToken gives somebody a token that does not expire, unless the comment is empty.
func (f *filling) giveToken(to, comment string, made, used int) {
	if comment == "" {
		return
	}
	t := model.Token{Owner: to, CreatedBy: to, Comment: comment, Created: seed.AsOf.AddDate(0, 0, -made)}
	if used > 0 {
		t = t.UsedAt(seed.AsOf.AddDate(0, 0, -used))
	}
	f.PresetToken(t, model.NewTokenValue())
}
