package query

import (
	"database/sql"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestAValueIsWrittenAsDatabricksWritesIt(t *testing.T) {
	moment := time.Date(2026, time.November, 20, 8, 11, 5, 999, time.UTC)
	tests := []struct {
		value any
		kind  string
		want  string
	}{
		{"text", "STRING", "text"},
		{"", "STRING", ""},
		{int64(-7), "BIGINT", "-7"},
		{int32(7), "INT", "7"},
		{true, "BOOLEAN", "true"},
		{1e21, "DOUBLE", "1e+21"},
		{0.1, "DOUBLE", "0.1"},
		{float32(0.1), "FLOAT", "0.1"},
		{math.NaN(), "DOUBLE", "NaN"},
		{math.Inf(-1), "DOUBLE", "-Inf"},
		{sql.RawBytes("12.50"), "DECIMAL", "12.50"},
		{moment, "TIMESTAMP", "2026-11-20 08:11:05"},
		{moment, "DATE", "2026-11-20"},
		{[]byte{0, 255}, "BINARY", "0x00ff"},
		{[]byte("abc"), "BINARY", "0x616263"},
		{[]byte("abc"), "STRING", "abc"},
		{[]byte{0xff}, "STRING", "0xff"},
		{"a\x1b[2J\u202eb", "STRING", "a\x1b[2J\u202eb"},
	}
	for _, tt := range tests {
		if got := cell(tt.value, tt.kind); got.Null || got.Text.Raw() != tt.want {
			t.Errorf("%v of %s is %q, null %v", tt.value, tt.kind, got.Text.Raw(), got.Null)
		}
	}
	if got := cell(nil, "STRING"); !got.Null || got.Text.Raw() != "" {
		t.Errorf("NULL is %+v", got)
	}
	if got := cell("a\x1b[2Jb", "STRING").Text.String(); got != "a␛[2Jb" {
		t.Errorf("a hostile value is shown as %q", got)
	}
}

func TestALongValueIsCutBetweenCharacters(t *testing.T) {
	for _, long := range []string{strings.Repeat("x", 1<<20), strings.Repeat("資", 1<<18), "x" + strings.Repeat("資", 1<<18)} {
		got := cell(long, "STRING").Text.Raw()
		if len(got) > textLimit || len(got) < textLimit-3 || !utf8.ValidString(got) || !strings.HasPrefix(long, got) {
			t.Errorf("%d bytes are kept", len(got))
		}
	}
}
