package rest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// about is what every object of Unity Catalog has.
type about struct {
	Name        string `json:"name"`
	FullName    string `json:"full_name"`
	Owner       string `json:"owner,omitempty"`
	Comment     string `json:"comment,omitempty"`
	MetastoreID string `json:"metastore_id"`
	Securable   string `json:"securable_type"`
	Kind        string `json:"securable_kind,omitempty"`
	CreatedAt   int64  `json:"created_at"` // milliseconds since 1970
	CreatedBy   string `json:"created_by"`
	UpdatedAt   int64  `json:"updated_at"`
	UpdatedBy   string `json:"updated_by"`
	BrowseOnly  bool   `json:"browse_only"`
	ETag        string `json:"etag"`
}

// optimization is what managed objects inherit from the metastore.
type optimization struct {
	Predictive string         `json:"enable_predictive_optimization,omitempty"`
	Effective  *inheritedFlag `json:"effective_predictive_optimization_flag,omitempty"`
}

type inheritedFlag struct {
	Value    string `json:"value"`
	FromType string `json:"inherited_from_type,omitempty"`
	FromName string `json:"inherited_from_name,omitempty"`
}

func optimizedBy(m model.Metastore) optimization {
	return optimization{"INHERIT", &inheritedFlag{"ENABLE", unity.MetastoreKind.REST(), m.Name}}
}

// unless is what an object has that was told something else than to inherit it.
func (o optimization) unless(own string) optimization {
	if own == "" || own == o.Predictive {
		return o
	}
	return optimization{Predictive: own, Effective: &inheritedFlag{Value: own}}
}

// managedCatalog is the catalog_type of a catalog whose data the metastore keeps.
const managedCatalog = "MANAGED_CATALOG"

func (h *Handler) about(on unity.Securable, owner, comment string, browseOnly bool) about {
	past := h.world.History(on)
	a := about{
		FullName: on.FullName(), Owner: owner, Comment: comment, MetastoreID: h.world.Metastore().ID, Securable: on.Kind.REST(),
		CreatedAt: past.Created.UnixMilli(), CreatedBy: past.CreatedBy, UpdatedAt: past.Updated.UnixMilli(), UpdatedBy: past.UpdatedBy,
		BrowseOnly: browseOnly,
	}
	// The form is that of the service: a small message with the time of the last change in it.
	tag := append([]byte{0x08, 0x02, 0x12, 0x08}, binary.BigEndian.AppendUint64(nil, uint64(a.UpdatedAt))...)
	a.ETag = base64.StdEncoding.EncodeToString(tag)
	return a
}

// plain is what is known of an object as a map, for kinds whose other fields are one.
func plain(a about) map[string]any {
	var out map[string]any
	raw, err := json.Marshal(a)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		return map[string]any{} // text and numbers always encode
	}
	return out
}

// StorageRoot is where a metastore keeps the data of its managed tables.
func StorageRoot(m model.Metastore) string {
	return "abfss://unity-catalog@" + storageAccount(m) + ".dfs.core.windows.net/" + m.ID
}

// externalRoot is where the data of a metastore's external tables are.
func externalRoot(m model.Metastore) string {
	return "abfss://external@" + storageAccount(m) + ".dfs.core.windows.net"
}

// storageAccount is the name of the metastore in the letters that Azure allows.
func storageAccount(m model.Metastore) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, m.Name)
}
