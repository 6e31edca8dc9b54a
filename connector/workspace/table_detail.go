package workspace

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TableDetail is what the workspace tells of a table beside what a listing shows: what a reader of all its rows needs to know before.
type TableDetail struct {
	connector.Table
	ID          string // another table that gets the name has another
	Columns     []ColumnDetail
	Key         []string // the columns of its PRIMARY KEY, as they are; none where none is declared
	DeltaFormat bool     // it is a table of Delta Lake, which has versions
	ChangeFeed  bool     // delta.enableChangeDataFeed is on
	UpdatedAt   time.Time
}

// ColumnDetail is a column with what its owner says of it.
type ColumnDetail struct {
	connector.Column
	Comment connector.Remote
	NotNull bool
	Masked  bool
}

type tableDetailAnswer struct {
	tableAnswer
	TableID          string            `json:"table_id"`
	DataSourceFormat string            `json:"data_source_format"`
	Properties       map[string]string `json:"properties"`
	UpdatedAt        int64             `json:"updated_at"`
	Columns          []struct {
		columnAnswer
		Comment  string `json:"comment"`
		Nullable *bool  `json:"nullable"`
	} `json:"columns"`
	Constraints []struct {
		PrimaryKey *struct {
			Columns []string `json:"child_columns"`
		} `json:"primary_key_constraint"`
	} `json:"table_constraints"`
}

// TableDetail asks for one relation with everything that is told of it.
func (w *Workspace) TableDetail(ctx context.Context, name connector.TableName) (TableDetail, error) {
	var answer tableDetailAnswer
	request := catalog.GetTableRequest{IncludeBrowse: true}
	err := w.get(ctx, "/api/2.1/unity-catalog/tables/"+connector.PathSegment(name.Full()), request, &answer)
	if err = same(err, cmp.Or(answer.FullName, answer.Name), nameIn(answer.FullName, name.Full(), name.Table)); err != nil {
		return TableDetail{}, fmt.Errorf("read table %s: %w", name, err)
	}
	for _, c := range answer.Columns {
		answer.tableAnswer.Columns = append(answer.tableAnswer.Columns, c.columnAnswer)
	}
	out := TableDetail{
		Table: w.tableOf(&answer.tableAnswer), ID: answer.TableID, DeltaFormat: answer.DataSourceFormat == "DELTA",
		ChangeFeed: answer.Properties["delta.enableChangeDataFeed"] == "true",
	}
	if answer.UpdatedAt > 0 {
		out.UpdatedAt = time.UnixMilli(answer.UpdatedAt).UTC()
	}
	for i, c := range answer.Columns {
		out.Columns = append(out.Columns, ColumnDetail{
			Column: out.Table.Columns[i], Comment: w.names.Remote(connector.KindComment, c.Comment), NotNull: c.Nullable != nil && !*c.Nullable, Masked: c.Mask != nil,
		})
	}
	for _, c := range answer.Constraints {
		if c.PrimaryKey != nil {
			out.Key = c.PrimaryKey.Columns
		}
	}
	return out, nil
}
