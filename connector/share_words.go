package connector

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// shortest is how many characters a value has at least to be replaced within a text; "id" and "eu" are in too many words of our own.
const shortest = 4

// public reports values that are the same in every workspace, that are examples of ours, or that are aliases already: they tell nothing.
func public(value string) bool {
	value = strings.ToLower(strings.TrimSpace(value))
	return value == "" || everywhere()[value] || plain(value) || strings.Contains(value, "-") && isAlias(value)
}

// plain reports a type of SQL that names no column, such as decimal(10,2).
func plain(value string) bool {
	if base, _, found := strings.Cut(value, "("); found {
		return scalar()[base] && sized().MatchString(value)
	}
	return scalar()[value] || strings.HasSuffix(value, ">") && nested().MatchString(value)
}

var everywhere = set(`hive_metastore information_schema system samples default users admins null true false
	small medium large x-small 2x-small x-large 2x-large 3x-large 4x-large 5x-large
	adb-1234567890123456.7.azuredatabricks.net accounts.azuredatabricks.net azuredatabricks.net
	invalid_client invalid_grant invalid_request invalid_scope unauthorized_client unsupported_grant_type access_denied`, "account users", "all account users", "–", "—", "-")

var scalar = set(`string boolean binary tinyint smallint bigint int integer long short byte float double real void date timestamp
	timestamp_ntz variant interval decimal numeric char varchar`)

var (
	sized  = pattern.New(`^[a-z]+\([0-9, ]*\)$`)
	nested = pattern.New(`^((array|map)<((string|int|bigint|double|boolean|date), ?)?)+[a-z]+>+$`)
)

// ordinary are words that a screen of ours or a statement of SQL uses. A column may be called status; the word stays in texts, and the
// column's own cell is still replaced.
var ordinary = set(`access account accounts action active address admin after alias amount apply back before browse cancel catalog catalogs category
	cause check choose clear client close code column columns comment connect connected connection copy count country create created currency
	current data databricks date delete demo describe description details done draftt each edit enter error event events every expires failed
	file filter find first fixed free from full function future grant granted grants group groups have health help here high host identity into
	item items json kind last leave left less level like limit list location login look loss main manage message missing modify month more name names
	need network next none note notes number oauth object only open order other owner pass passed password path permission plan
	pool preview price principal privilege privileges product profile proof proxy quantity query read reads ready real reason remedy rename region
	request rest results retry review role rows running same sample save saved scan schema schemas scope seconds secret secrets select sent server
	serverless service session setup shared sharing show sign sign-in since size skip source stage start started starting state statement
	status step steps stop stopped stopping string subject support table tables team terraform test text that then there this time title token tokens
	total type types unknown update updated usage user value values version view views wait warehouse warehouses what when where which
	with word words work workspace write year your classic standard premium basic online offline yes azure microsoft open pending complete
	completed cancelled shipped delivered success failure info warning debug`)

// set gives words as a set, which is made when it is first asked for.
func set(words string, more ...string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := map[string]bool{}
		for _, word := range append(strings.Fields(words), more...) {
			all[word] = true
		}
		return all
	})
}

// telling reports whether a value in lower case gives something away wherever it stands, rather than being a word or a number like any.
func telling(value string) bool {
	if utf8.RuneCountInString(value) < shortest || ordinary()[value] || value == "" {
		return false
	}
	letters, digits := 0, 0
	for _, r := range value {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters > 0 || digits >= 7
}

var aliasForm = pattern.New(`(?i)^(host-[A-Z]{1,3}|(workspace|sp|user|group|warehouse|catalog|schema|table|column|value|connection|address|comment|id|folder|path|name)-\d+)$`)

func isAlias(text string) bool { return aliasForm().MatchString(text) }

// dotted reports a full name of Unity Catalog, which is aliased part by part.
func dotted(value string) bool {
	return strings.Contains(strings.Trim(value, "."), ".") && !strings.ContainsAny(value, " @:/") && !numeric().MatchString(value)
}

var numeric = pattern.New(`^[-+0-9.,eE]+$`)
