package export

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Shared is a row as it may be shown now: itself, or with aliases while the screen is shared.
func Shared(row store.Row) store.Row {
	if !connector.Sharing() {
		return row
	}
	kind := estate.AliasKind(row.Kind)
	row.Name = alias(kind, row.Name)
	row.ID, row.Parent = aliasPath(row.ID), aliasPath(row.Parent)
	var fields map[string]any
	decoder := json.NewDecoder(strings.NewReader(row.Body))
	decoder.UseNumber()
	if decoder.Decode(&fields) != nil {
		return row
	}
	row.Body = encode(veiled(fields))
	return row
}

// plainFields have words of Databricks for values, which name nobody.
var plainFields = []string{
	"level", "privileges", "kind", "table_type", "catalog_type", "volume_type", "data_type", "data_source_format", "principal_type", "membership_source", "status",
	"workspace_status", "pricing_tier", "location", "region", "cloud", "language", "object_type", "role", "value", "permissions", "permission", "permission_level",
	"warehouse_type", "cluster_size", "backend_type", "authentication_type", "connection_type", "credential_type", "isolation_mode", "binding_type", "lifecycle_stage", "lifecycle_state",
	"endpoint_type", "list_type", "cluster_source", "spark_version", "data_security_mode", "node_type_id", "entitlements", "resourceType", "type",
	"create_time", "expire_time",
}

func veiled(value any) any {
	switch v := value.(type) {
	case string:
		return alias(connector.KindName, v)
	case json.Number:
		return alias(connector.KindName, v.String())
	case []any:
		for i := range v {
			v[i] = veiled(v[i])
		}
	case map[string]any:
		for name := range v {
			if !slices.Contains(plainFields, name) {
				v[name] = veiled(v[name])
			}
		}
	}
	return value
}

func alias(kind connector.Kind, value string) string {
	if value == "" {
		return ""
	}
	return connector.Shown(kind, value)
}

// aliasPath has an alias for each part of an id, so that what is within something is seen to be.
func aliasPath(id string) string {
	parts := strings.Split(id, "/")
	for i := range parts {
		parts[i] = alias(connector.KindName, parts[i])
	}
	return strings.Join(parts, "/")
}

func encode(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return "{}"
	}
	return strings.TrimSpace(text.String())
}
