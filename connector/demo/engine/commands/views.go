package commands

import (
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Columns that many views have.
const (
	onTable    = "table_catalog, table_schema, table_name"
	inTable    = "catalog_name, schema_name, table_name"
	constraint = "constraint_catalog, constraint_schema, constraint_name"
	changes    = "created timestamp, created_by, last_altered timestamp, last_altered_by"
	privilege  = "privilege_type, is_grantable, inherited_from"
	tag        = "tag_name, tag_value"

	metastoreColumns = "metastore_id, metastore_name, metastore_owner, storage_root, privilege_model_version, region, cloud, delta_sharing_scope, " +
		"delta_sharing_recipient_token_lifetime, " + changes + ", global_metastore_id"
)

// ownRelations are the views of the information schema that there are, with the columns that Databricks documents for them; a column
// without a type is a string. Those that nothing fills are empty because there are no such things in the workspace.
func ownRelations() map[string]relation {
	return map[string]relation{
		"catalogs":                        {"catalog_name, catalog_owner, comment, " + changes, (*survey).catalogs},
		"information_schema_catalog_name": {"catalog_name", (*survey).catalogName},
		"schemata":                        {"catalog_name, schema_name, schema_owner, comment, " + changes, (*survey).schemata},
		"tables": {onTable + ", table_type, is_insertable_into, commit_action, table_owner, comment, " + changes +
			", data_source_format, storage_path", (*survey).tables},
		"views": {onTable + ", view_definition, check_option, is_updatable, is_insertable_into, sql_path", (*survey).views},
		"columns": {onTable + ", column_name, ordinal_position int, column_default, is_nullable, full_data_type, data_type, " +
			"character_maximum_length bigint, character_octet_length bigint, numeric_precision int, numeric_precision_radix int, numeric_scale int, " +
			"datetime_precision int, comment", (*survey).columns},
		"row_filters":  {inTable + ", filter_catalog, filter_schema, filter_name, filter_col_usage", (*survey).rowFilters},
		"column_masks": {inTable + ", column_name, mask_catalog, mask_schema, mask_name, mask_col_usage", (*survey).columnMasks},

		"metastores":           {metastoreColumns, (*survey).metastores},
		"metastore_privileges": {"grantor, grantee, metastore_name, privilege_type, is_grantable", (*survey).metastorePrivileges},
		"catalog_privileges":   {"grantor, grantee, catalog_name, " + privilege, (*survey).catalogPrivileges},
		"schema_privileges":    {"grantor, grantee, catalog_name, schema_name, " + privilege, (*survey).schemaPrivileges},
		"table_privileges":     {"grantor, grantee, " + onTable + ", " + privilege, (*survey).tablePrivileges},

		"table_constraints":       {constraint + ", " + onTable + ", constraint_type, is_deferrable, initially_deferred, enforced, comment", nil},
		"key_column_usage":        {constraint + ", " + onTable + ", column_name, ordinal_position int, position_in_unique_constraint int", nil},
		"constraint_table_usage":  {constraint + ", " + onTable, nil},
		"constraint_column_usage": {constraint + ", " + onTable + ", column_name", nil},
		"check_constraints":       {constraint + ", check_clause, sql_path", nil},
		"referential_constraints": {constraint + ", unique_constraint_catalog, unique_constraint_schema, unique_constraint_name, match_option, update_rule, " +
			"delete_rule", nil},

		"catalog_tags": {"catalog_name, " + tag, nil}, "schema_tags": {"catalog_name, schema_name, " + tag, nil},
		"table_tags": {inTable + ", " + tag, (*survey).tableTags}, "column_tags": {inTable + ", column_name, " + tag, (*survey).columnTags},
		"volume_tags": {"catalog_name, schema_name, volume_name, " + tag, nil},
	}
}

// unserved are the views that Databricks has and the embedded workspace does not.
var unserved = strings.Fields("catalog_provider_share_usage connection_privileges connections credential_privileges credentials " +
	"external_location_privileges external_locations parameters providers recipient_allowed_ip_ranges recipient_tokens recipients routine_columns " +
	"schema_share_usage share_recipient_privileges shares storage_credential_privileges storage_credentials table_share_usage volume_privileges volumes")

// relations are the views that there are: the engine's own, and those of nouns.
func (d *Desk) relations() map[string]relation {
	all := ownRelations()
	maps.Copy(all, d.nounRelations())
	return all
}

// relation finds a view, or says that it is not served, or that there is none.
func (d *Desk) relation(name dialect.Name) (relation, error) {
	r, known := d.relations()[name.Table]
	switch {
	case known:
		return r, nil
	case slices.Contains(unserved, name.Table):
		return relation{}, &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
			Message: "The embedded workspace does not have the view " + name.Table + " of the information schema.",
		}
	}
	return relation{}, dialect.TableNotFound(name)
}

func (s *survey) catalogName() error {
	s.add(s.catalog)
	return nil
}

// views show their statement to their owners alone.
func (s *survey) views() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		if tableType(def.Kind) != "VIEW" {
			return
		}
		var statement any
		if def.Owner == s.principal {
			statement = optional(def.SQL)
		}
		s.add(n.Catalog, n.Schema, n.Table, statement, "NONE", "NO", "NO", nil)
	})
}

func (s *survey) rowFilters() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		if def.RowFilter != "" {
			s.add(append([]any{n.Catalog, n.Schema, n.Table}, append(nameParts(def.RowFilter), "")...)...)
		}
	})
}

func (s *survey) columnMasks() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		for _, c := range def.Columns {
			if mask := def.Masks[c.Name]; mask != "" {
				s.add(append([]any{n.Catalog, n.Schema, n.Table, c.Name}, nameParts(mask)...)...)
			}
		}
	})
}

func (s *survey) tableTags() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		for _, key := range slices.Sorted(maps.Keys(def.Tags[""])) {
			s.add(n.Catalog, n.Schema, n.Table, key, def.Tags[""][key])
		}
	})
}

func (s *survey) columnTags() error {
	return s.eachDefinition(func(n dialect.Name, def *objects.Table) {
		for _, c := range def.Columns {
			for _, key := range slices.Sorted(maps.Keys(def.Tags[c.Name])) {
				s.add(n.Catalog, n.Schema, n.Table, c.Name, key, def.Tags[c.Name][key])
			}
		}
	})
}

func nameParts(full string) []any {
	var parts []any
	for _, p := range strings.Split(full, ".") {
		parts = append(parts, p)
	}
	return parts
}

func (s *survey) metastores() error {
	columns, err := columnList(metastoreColumns)
	if err == nil {
		s.fields(columns, "", "", s.desk.Authority.Metastore(), nil)
	}
	return err
}

func (s *survey) metastorePrivileges() error {
	return s.eachPrivilege(objects.Noun{Type: "METASTORE"}, nil, func(g objects.Grant, _ string) {
		s.add(systemUser, g.Principal, s.desk.Authority.Metastore().Name, underscored(g.Privilege), "NO")
	})
}

func (s *survey) catalogPrivileges() error {
	return s.eachCatalog(func(c objects.Object) error {
		return s.eachPrivilege(objects.Noun{Type: "CATALOG"}, []string{c.Name}, func(g objects.Grant, from string) {
			s.add(systemUser, g.Principal, c.Name, underscored(g.Privilege), "NO", from)
		})
	})
}

func (s *survey) schemaPrivileges() error {
	return s.eachSchema(func(catalog string, o objects.Object) error {
		return s.eachPrivilege(objects.Noun{Type: "SCHEMA"}, []string{catalog, o.Name}, func(g objects.Grant, from string) {
			s.add(systemUser, g.Principal, catalog, o.Name, underscored(g.Privilege), "NO", from)
		})
	})
}

func (s *survey) tablePrivileges() error {
	return s.eachTable(func(n dialect.Name, _ objects.Object) error {
		return s.eachPrivilege(objects.Noun{Type: "TABLE"}, []string{n.Catalog, n.Schema, n.Table}, func(g objects.Grant, from string) {
			s.add(systemUser, g.Principal, n.Catalog, n.Schema, n.Table, underscored(g.Privilege), "NO", from)
		})
	})
}

func underscored(privilege string) string { return strings.ReplaceAll(privilege, " ", "_") }
