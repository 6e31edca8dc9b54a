package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// tableLimit is how many tables are asked for their own grants, over the whole survey. Beyond it, tables count as not seen.
const tableLimit = 2_000

// Held is what a principal holds, wherever the survey looked.
type Held struct {
	Privileges []grants.Excess // each grant once, on the object it was made on; ownership among them
	Unseen     []string        // what could not be looked at, each a noun phrase
	Catalogs   int             // looked at
	Schemas    int
	Tables     int
	Legacy     bool // there is a hive_metastore, which a survey does not look into
}

// surveyor walks the catalogs of one workspace.
type surveyor struct {
	ws     *workspace.Workspace
	reader grants.Who // whoever asks, who may be another than who
	who    grants.Who
	out    Held
	deep   func(connector.SchemaName) bool
}

// Survey walks the catalogs and schemas that the reader sees and, where the principal may use the schema or deep asks for it, the tables.
// A principal that surveys itself is not shown what comes through groups. Errors are those of the network;
// what is refused is in Unseen.
func Survey(ctx context.Context, ws *workspace.Workspace, who grants.Who, deep func(connector.SchemaName) bool) (Held, error) {
	s := surveyor{ws: ws, who: who, deep: deep}
	if deep == nil {
		s.deep = func(connector.SchemaName) bool { return false }
	}
	var err error
	if s.reader, err = grants.Asking(ctx, ws); err != nil {
		return s.out, fmt.Errorf("survey: %w", err)
	}
	catalogs, err := workspace.Every(ctx, ws.Catalogs)
	if err != nil {
		return s.out, fmt.Errorf("survey: %w", err)
	}
	for _, c := range catalogs {
		name, err := connector.RemoteIdent(c.Name)
		switch {
		case err != nil:
			s.unseen("the catalog " + c.Name.String())
		case name.Raw() == connector.HiveMetastore:
			s.out.Legacy = true // its privileges show in SQL only
		default:
			if err := s.catalog(ctx, name, c.Owner); err != nil {
				return s.out, err
			}
		}
	}
	return s.out, nil
}

func (s *surveyor) unseen(what string) {
	if !slices.Contains(s.out.Unseen, what) {
		s.out.Unseen = append(s.out.Unseen, what)
	}
}

// refused takes a refusal for something that was not seen, and hands on every other error.
func (s *surveyor) refused(err error, what string) error {
	if err == nil {
		return nil
	}
	if grants.Refused(err) || errors.Is(err, apierr.ErrInvalidParameterValue) {
		s.unseen(what)
		return nil
	}
	return fmt.Errorf("survey: %w", err)
}

func (s *surveyor) catalog(ctx context.Context, name connector.Ident, owner connector.Remote) error {
	s.out.Catalogs++
	on := grants.View{Object: grants.Catalog(name), Owner: owner}
	use, err := s.object(ctx, on)
	if err != nil {
		return err
	}
	schemas, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
		return s.ws.Schemas(ctx, name, token)
	})
	if err != nil {
		return s.refused(err, "the schemas of "+on.Object.Title())
	}
	for _, schema := range schemas {
		id, err := connector.RemoteIdent(schema.Name)
		if err != nil {
			s.unseen("the schema " + name.String() + "." + schema.Name.String())
			continue
		}
		if err := s.schema(ctx, on, connector.SchemaName{Catalog: name, Schema: id}, schema.Owner, use); err != nil {
			return err
		}
	}
	return nil
}

func (s *surveyor) schema(ctx context.Context, catalog grants.View, name connector.SchemaName, owner connector.Remote, useCatalog bool) error {
	s.out.Schemas++
	on := grants.View{Object: grants.Schema(name), Owner: owner}
	use, err := s.object(ctx, on, catalog)
	if err != nil {
		return err
	}
	tables, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[connector.Table], error) {
		return s.ws.Tables(ctx, name, token)
	})
	if err != nil {
		return s.refused(err, "the tables of "+on.Object.Title())
	}
	for _, t := range tables {
		id, err := connector.RemoteIdent(t.Name)
		if err != nil {
			s.unseen("the table " + t.Name.String() + " of " + on.Object.Title())
			continue
		}
		table := grants.View{Object: grants.Table(name.Table(id), t.Kind), Owner: t.Owner}
		// A grant on a table opens nothing as long as its schema is closed, but the grants of the chosen one are always read.
		if !s.deep(name) && !(useCatalog && use) {
			s.owner(table)
			continue
		}
		if s.out.Tables++; s.out.Tables > tableLimit {
			s.owner(table)
			s.unseen(fmt.Sprintf("grants on single tables beyond the first %d", tableLimit))
			continue
		}
		if _, err := s.object(ctx, table, on, catalog); err != nil {
			return err
		}
	}
	return nil
}

// object notes what the principal holds on one object, and reports whether that, or owning it, lets it use the object. above is what the
// object is in.
func (s *surveyor) object(ctx context.Context, v grants.View, above ...grants.View) (use bool, err error) {
	on := v.Object
	owns := s.owner(v)
	if err := v.List(ctx, s.ws, s.reader, s.who, above...); err != nil {
		return owns, s.refused(err, "privileges on "+on.Title())
	}
	if !v.Everybody {
		s.unseen("privileges that come through groups on " + parentWord(on))
	}
	judged := s.who.Judge(v, above...)
	s.out.Privileges = append(s.out.Privileges, judged.Given()...)
	return judged.Opens(), nil
}

// parentWord names the catalog of an object, so that one line stands for all that is in it.
func parentWord(on grants.Object) string { return "catalog " + on.Name.Catalog.String() }

// owner notes that the principal owns an object, and reports whether it does.
func (s *surveyor) owner(v grants.View) bool {
	on := v.Object
	holder, owns, unseen := s.who.Owns(on, v.Owner)
	switch {
	case unseen != "" && on.Type == connector.TableType: // one line stands for all tables of a schema
		s.unseen("who owns the tables of schema " + on.Name.SchemaName.String())
	case unseen != "":
		s.unseen(unseen)
	case owns:
		s.out.Privileges = append(s.out.Privileges, grants.NewExcess(grants.Ownership, grants.Origin{Holder: holder, From: on, Owner: true}))
	}
	return owns
}
