package delta

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// The refusals, with the classes, SQLSTATEs and texts of the page on error conditions and, where that has only a name, of Delta Lake's own
// list of error classes.

func refusal(class, state, format string, args ...any) *engine.Error {
	return &engine.Error{Class: class, SQLState: state, Message: fmt.Sprintf(format, args...)}
}

// tooMuch refuses what would be kept in memory, as the model does with rows that are inserted.
func tooMuch(format string, most int) error {
	return refusal("INVALID_PARAMETER_VALUE", "22023", format, most)
}

// written is a time as the refusals write it.
func written(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.999") }

func noVersion(wanted, earliest, latest int64) error {
	return refusal("DELTA_VERSION_NOT_FOUND", "22003",
		"Cannot time travel Delta table to version %d. Available versions: [%d, %d].", wanted, earliest, latest)
}

func tooEarly(wanted, earliest time.Time) error {
	return refusal("DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION", "42816",
		"The provided timestamp (%s) is before the earliest version available to this\ntable (%s). Please use a timestamp after %s.",
		written(wanted), written(earliest), written(earliest))
}

func tooLate(wanted, latest time.Time) error {
	return refusal("DELTA_TIMESTAMP_GREATER_THAN_COMMIT", "42816",
		"The provided timestamp (%s) is after the latest version available to this\ntable (%s). Please use a timestamp before or at %s.",
		written(wanted), written(latest), written(latest))
}

func noTime(text string) error {
	return refusal("DELTA_TIMESTAMP_INVALID", "42816", "The provided timestamp (%s) cannot be converted to a valid timestamp.", text)
}

// cleanUp is the page that the refusals of missing files lead to.
const cleanUp = "https://learn.microsoft.com/azure/databricks/delta/vacuum"

func vacuumed(path string) error {
	return refusal("DELTA_FILE_NOT_FOUND_DETAILED", "42K03",
		"File %s referenced in the transaction log cannot be found. This occurs when data has been manually "+
			"deleted from the file system rather than using the table `DELETE` statement. For more information, see %s", path, cleanUp)
}

func changesVacuumed(path string) error {
	return refusal("DELTA_CHANGE_DATA_FILE_NOT_FOUND", "42K03",
		"File %s referenced in the transaction log cannot be found. This can occur when data has been "+
			"manually deleted from the file system rather than using the table `DELETE` statement. "+
			"This request appears to be targeting Change Data Feed, if that is the case, this error can "+
			"occur when the change data file is out of the retention period and has been deleted by the `VACUUM` statement. "+
			"For more information, see %s", path, cleanUp)
}

func notRecorded(start, end, missing int64) error {
	return refusal("DELTA_MISSING_CHANGE_DATA", "KD002",
		"Error getting change data for range [%d , %d] as change data was not\nrecorded for version [%d]. "+
			"If you've enabled change data feed on this table,\n"+
			"use `DESCRIBE HISTORY` to see when it was first enabled.\nOtherwise, to start recording change data, use "+
			"`ALTER TABLE table_name SET TBLPROPERTIES\n(%s=true)`.", start, end, missing, FeedKey)
}

func startsTooLate(start, latest int64) error {
	return refusal("DELTA_CDC_START_VERSION_AFTER_LATEST", "22003",
		"Start version %d for reading change data exceeds the latest table version %d.", start, latest)
}

func endsBefore(start, end int64) error {
	return refusal("DELTA_INVALID_CDC_RANGE", "22003", "CDC range from start %d to end %d was invalid. End cannot be before start.", start, end)
}

func otherSchema(start, end, latest, changed int64) error {
	return refusal("DELTA_CHANGE_DATA_FEED_INCOMPATIBLE_SCHEMA_CHANGE", "0AKDC",
		"Retrieving table changes between version %d and %d failed because of an incompatible schema change.\n"+
			"Your read schema is that at version %d, but we found an incompatible schema change at version %d.\n"+
			"If possible, please query table changes separately from version %d to %d - 1, and from version %d to %d.",
		start, end, latest, changed, start, changed, changed, end)
}

// noTravel refuses a version of what has none: a view, or a table with policies, of which Databricks tells the kinds apart.
func noTravel(t engine.Table) error {
	name := t.Name.Quoted()
	switch {
	case isView(t):
		return refusal("DELTA_UNSUPPORTED_TIME_TRAVEL_VIEWS", "0AKDC", "Cannot time travel views, subqueries, streams or change data feed queries.")
	case t.Kind == "FOREIGN":
		return refusal("UNSUPPORTED_FEATURE.TIME_TRAVEL", "0A000", "The feature is not supported: Time travel on the relation: %s.", name)
	case t.RowFilter != "" && len(t.Masks) > 0:
		return refusal("ROW_LEVEL_SECURITY_COLUMN_MASK_FEATURE_NOT_SUPPORTED.TIME_TRAVEL", "0A000", "Row level security policies and column mask policies "+
			"for %s are not supported: Time travel for table with row level security policy and column mask policies.", name)
	case t.RowFilter != "":
		return refusal("ROW_LEVEL_SECURITY_FEATURE_NOT_SUPPORTED.TIME_TRAVEL", "0A000",
			"Row level security policies for %s are not supported: Time travel for table with row level security policy.", name)
	case len(t.Masks) > 0:
		return refusal("COLUMN_MASKS_FEATURE_NOT_SUPPORTED.TIME_TRAVEL", "0A000",
			"Column mask policies for %s are not supported: Time travel for table with column mask policies.", name)
	}
	return nil
}

// noChanges refuses the changes of what has none.
func noChanges(t engine.Table) error {
	name := t.Name.Quoted()
	switch {
	case isView(t):
		return refusal("DELTA_TABLE_CHANGES_VIEW_UNSUPPORTED", "0AKDC", "Reading changes of the view %s with table_changes is not supported.", name)
	case t.Kind == "FOREIGN":
		return onlyTables(t, "table_changes")
	case t.RowFilter != "" || len(t.Masks) > 0:
		return refusal("DELTA_READ_TIME_CDC_NOT_SUPPORTED_FOR_TABLES_WITH_ACCESS_POLICIES", "0AKDC",
			"Reading changes of %s is not supported, because it has a row filter or column masks.", name)
	}
	return nil
}

// noHistory refuses the log of what has none to show.
func noHistory(t engine.Table) error {
	switch {
	case isView(t):
		return refusal("DELTA_CANNOT_DESCRIBE_VIEW_HISTORY", "42809", "Cannot describe the history of a view.")
	case t.RowFilter != "" && len(t.Masks) > 0:
		return refusal("ROW_LEVEL_SECURITY_COLUMN_MASK_FEATURE_NOT_SUPPORTED.DESCRIBE_HISTORY", "0A000", "Row level security policies and column mask "+
			"policies for %s are not supported: Reading commit history is not supported for tables with row level security and column mask policies.",
			t.Name.Quoted())
	}
	return onlyTables(t, "DESCRIBE HISTORY")
}

// onlyTables refuses what is only for tables of Delta Lake.
func onlyTables(t engine.Table, operation string) error {
	if isView(t) || t.Kind == "FOREIGN" {
		return refusal("DELTA_TABLE_ONLY_OPERATION", "0AKDD", "%s is not a Delta table. %s is only supported for Delta tables.",
			t.Name.Quoted(), operation)
	}
	return nil
}

func isView(t engine.Table) bool {
	return t.SQL != "" || t.Kind == "VIEW" || t.Kind == "MATERIALIZED_VIEW" || t.Name.Schema == "information_schema"
}
