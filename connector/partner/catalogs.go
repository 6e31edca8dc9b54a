package partner

import (
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Verdict says whether whoever is signed in can select a catalog in Partner Connect, before they fail.
type Verdict struct {
	Catalog connector.Remote
	Owner   connector.Remote
	Can     bool
	Why     string // a sentence
	Without bool   // a partner without Unity Catalog can use it
	Default bool   // it is the default catalog of the workspace
	WhyNot  string // why such a partner cannot, a sentence; empty where it can
}

// Catalogs are the verdicts on all catalogs of the workspace. The default catalog is the only one for partners that do not know Unity Catalog.
func Catalogs(ctx context.Context, s *admin.Session) ([]Verdict, error) {
	all, err := workspace.Every(ctx, s.View().Catalogs)
	if err != nil {
		return nil, fmt.Errorf("list catalogs: %w", err)
	}
	p, err := predict(ctx, s)
	if err != nil {
		return nil, err
	}
	verdicts := make([]Verdict, len(all))
	for i, c := range all {
		verdicts[i] = p.on(c)
	}
	return verdicts, nil
}

// verdictOn is the verdict on one catalog.
func verdictOn(ctx context.Context, s *admin.Session, name connector.Ident) (Verdict, error) {
	all, err := Catalogs(ctx, s)
	if err != nil {
		return Verdict{}, err
	}
	at := slices.IndexFunc(all, func(v Verdict) bool { return v.Catalog.Raw() == name.Raw() })
	if at < 0 {
		return Verdict{Catalog: connector.Remote(name), Why: "Whoever is signed in does not see this catalog, so it cannot be selected."}, nil
	}
	return all[at], nil
}

// unknownDefault is said where the default catalog cannot be told.
const unknownDefault = "The default catalog of the workspace is not shown to you, or not set; then it is hive_metastore, or the catalog of the workspace."

type predictor struct {
	me        grants.Who
	rules     bool // me is a metastore admin
	rulesSeen bool
	space     connector.Remote // the default catalog; empty where it is not known
}

func predict(ctx context.Context, s *admin.Session) (predictor, error) {
	p := predictor{me: grants.Self(s.Me())}
	owner, err := s.View().MetastoreOwner(ctx)
	if err != nil && !grants.Refused(err) {
		return p, fmt.Errorf("predict who can select a catalog: %w", err)
	}
	_, p.rules, _ = p.me.Owns(grants.Metastore(), owner)
	p.rulesSeen = err == nil
	if p.space, err = s.DefaultNamespace(ctx); err != nil && !grants.Refused(err) {
		return p, fmt.Errorf("predict who can select a catalog: %w", err)
	}
	return p, nil
}

func (p predictor) on(c connector.Catalog) Verdict {
	v := Verdict{Catalog: c.Name, Owner: c.Owner, Default: c.Name.Raw() == p.space.Raw()}
	owner, owned := p.me.Is(c.Owner)
	legacy := c.Name.Raw() == connector.HiveMetastore
	switch {
	case legacy:
		v.Can, v.Why = true, "hive_metastore can always be selected."
	case owned && owner.Group:
		v.Can, v.Why = true, "The group "+owner.Name.String()+" owns it, and you are in that."
	case owned:
		v.Can, v.Why = true, "You own it."
	case p.rules:
		v.Can, v.Why = true, "You are a metastore admin, who can select any catalog."
	case !p.rulesSeen:
		v.Why = "You do not own it, and who owns the metastore is not shown to you."
	default:
		v.Why = "You do not own it and are no metastore admin. " + ownerOf(c.Owner) + " can select it."
	}
	switch {
	case p.space.Raw() == "":
		v.WhyNot = unknownDefault
	case !v.Default:
		v.WhyNot = "A partner without Unity Catalog uses the default catalog alone, which is " + p.space.String() + "."
	case !legacy && !owned:
		v.WhyNot = "It is the default catalog, and you do not own it: Partner Connect answers with an error. " + ownerOf(c.Owner) + " can connect such a partner."
	default:
		v.Without = true
	}
	return v
}

func ownerOf(owner connector.Remote) string {
	if owner.Raw() == "" {
		return "Its owner"
	}
	return "Its owner, " + owner.String() + ","
}
