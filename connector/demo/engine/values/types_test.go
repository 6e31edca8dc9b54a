package values_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

func TestNestedTypesAreReadInFull(t *testing.T) {
	for in, want := range map[string]string{
		"ARRAY<string>":           "ARRAY<STRING>",
		"map<String, Array<INT>>": "MAP<STRING, ARRAY<INT>>",
		"struct<Id: bigint, p:decimal(10, 2), m:map<string,struct<x:date>>>": "STRUCT<Id: BIGINT, p: DECIMAL(10,2), m: MAP<STRING, STRUCT<x: DATE>>>",
	} {
		if typed := parseType(t, in); typed.SQLText() != want || parseType(t, typed.Text).Text != typed.Text {
			t.Errorf("%s: %s, %s", in, typed.SQLText(), typed.Text)
		}
	}
	for _, in := range []string{"array", "array<", "array<int", "array<int,int>", "map<int>", "struct<int>", "array<money>", "array<int>x", strings.Repeat("array<", 40) + "int" + strings.Repeat(">", 40)} {
		if typed, err := values.ParseType(in); err == nil {
			t.Errorf("%s: %+v", in, typed)
		}
	}
}

func TestDatesAndTimestampsAreReadStrictly(t *testing.T) {
	for in, want := range map[string]int32{"1970-01-01": 0, "1969-12-31": -1, "2024-02-29": 19782, "0001-01-01": -719162, "9999-12-31": 2932896} {
		if days, ok := values.ParseDate(in); !ok || days != want {
			t.Errorf("%s: %d, %v", in, days, ok)
		}
	}
	for in, want := range map[string]int64{"1970-01-01 00:00:01": 1_000_000, "1969-12-31 23:59:59.5": -500_000, "1970-01-01 00:00:00.000001": 1} {
		if micros, ok := values.ParseTimestamp(in); !ok || micros != want {
			t.Errorf("%s: %d, %v", in, micros, ok)
		}
	}
	for _, in := range []string{"", "2023-02-29", "2023-2-01", "x", "2023-13-01", "2023-00-10", "20230101  "} {
		if _, ok := values.ParseDate(in); ok {
			t.Errorf("%q is a date", in)
		}
		if _, ok := values.ParseTimestamp(in + " 00:00:00"); ok {
			t.Errorf("%q is the date of a timestamp", in)
		}
	}
	for _, in := range []string{"2023-01-01", "2023-01-01 24:00:00", "2023-01-01 00:00:00.", "2023-01-01 00:00:00.1234567", "2023-01-01T00:00:00"} {
		if _, ok := values.ParseTimestamp(in); ok {
			t.Errorf("%q is a timestamp", in)
		}
	}
}

func parseType(t *testing.T, text string) values.Type {
	t.Helper()
	typed, err := values.ParseType(text)
	if err != nil {
		t.Fatal(err)
	}
	return typed
}
