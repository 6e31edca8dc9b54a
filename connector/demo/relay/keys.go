package relay

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

// file is a file of rules.
type file struct {
	about string
	rules []Rule
}

var fileKeys = []flatfile.Key[file]{
	{Name: "about", About: "what is played, for those who read the file", Slot: func(f *file) flatfile.Slot { return flatfile.Text(&f.about) }},
	{
		Name: "rules", About: "the rules; of several that are due for a request the first answers", Needed: true,
		Slot: func(f *file) flatfile.Slot { return flatfile.Each(&f.rules, keys, whole) },
	},
}

// Keys are the keys of a rule as a person writes it, in the order of the documentation.
func Keys() []flatfile.Key[Rule] { return keys }

// The keys of a rule. Those up to times say which requests are meant.
var keys = []flatfile.Key[Rule]{
	{Name: "path", About: "path of the request; an asterisk stands for any text", Example: " /api/2.1/unity-catalog/catalogs/*", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.Path) }},
	{Name: "stage", About: "in place of a path, or beside it: a stage of the ladder, told by its requests: " + stageList(), Example: " S13", Slot: func(r *Rule) flatfile.Slot { return flatfile.Word(&r.Stage, Stages()...) }},
	{Name: "method", About: "method of the request", Example: " GET", Slot: func(r *Rule) flatfile.Slot { return flatfile.Word(&r.Method, methods...) }},
	{Name: "signed", About: "true: only requests that carry a credential", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Signed) }},
	{Name: "unsigned", About: "true: only requests that carry none", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Unsigned) }},
	{Name: "rpc", About: "call of a SQL driver: OpenSession, ExecuteStatement, GetOperationStatus, FetchResults and so on", Example: " ExecuteStatement", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.RPC) }},
	{Name: "holds", About: "text that the request's body has in it, such as a part of a statement", Example: " current_user", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.Holds) }},
	{Name: "after", About: "so many of these requests pass before the first that is changed", Example: " 1", Slot: func(r *Rule) flatfile.Slot { return flatfile.Count(&r.After) }},
	{Name: "times", About: "so many are changed; left out, all from then on", Example: " 2", Slot: func(r *Rule) flatfile.Slot { return flatfile.Count(&r.Times) }},

	{Name: "status", About: "status of the answer, 200 to 599; without rewrite, replace or sql the workspace is not asked", Example: " 403", Slot: func(r *Rule) flatfile.Slot { return flatfile.Count(&r.Status) }},
	{Name: "header", About: "headers of the answer; an empty text takes one away", Example: "\n    Server: nginx", Slot: func(r *Rule) flatfile.Slot { return flatfile.Pairs(&r.Header) }},
	{Name: "body", About: "body of the answer", Example: ` '{"error_code":"PERMISSION_DENIED","message":"no"}'`, Slot: func(r *Rule) flatfile.Slot { return flatfile.Verbatim(&r.Body) }},
	{Name: "json", About: "body of the answer as YAML, sent as JSON", Example: " {error_code: PERMISSION_DENIED, message: no way}", Slot: func(r *Rule) flatfile.Slot { return flatfile.Value(&r.json) }},
	{Name: "base64", About: "body of the answer in base64, for bytes that are no text", Example: " gAEAAg==", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.base64) }},
	{Name: "hex", About: "body of the answer in hexadecimal digits", Example: " 80 01 00 02", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.hex) }},
	{Name: "recorded", About: "a whole answer as it was recorded: status line, headers, an empty line, the body", Example: " |\n    HTTP/1.1 403 Forbidden\n    Server: envoy\n\n    RBAC: access denied", Slot: func(r *Rule) flatfile.Slot { return flatfile.Verbatim(&r.recorded) }},
	{Name: "foreign", About: "true: the answer is not from the workspace, and has none of its headers", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Foreign) }},
	{Name: "page", About: "HTML with status 200, as of a gateway; implies foreign", Example: " <html><title>Sign in</title></html>", Slot: func(r *Rule) flatfile.Slot { return flatfile.Verbatim(&r.Page) }},
	{Name: "redirect", About: "address to go to instead, with status 302", Example: " https://login.example/start", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.Redirect) }},
	{Name: "retry_after", About: "status 429, and how long to wait", Example: " 30s", Slot: func(r *Rule) flatfile.Slot { return flatfile.Span(&r.RetryAfter) }},
	{Name: "retry_date", About: "true: retry_after is said as a date", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.RetryDate) }},
	{Name: "raw", About: "text in place of the whole HTTP answer, after which the connection is closed", Example: " SSH-2.0-OpenSSH_9.6", Slot: func(r *Rule) flatfile.Slot { return flatfile.Verbatim(&r.Raw) }},

	{Name: "rewrite", About: "changes to the workspace's own JSON", Example: "\n    - at: groups[0].display\n      set: admins", Slot: func(r *Rule) flatfile.Slot { return flatfile.Each(&r.Rewrite, editKeys, wholeEdit) }},
	{Name: "replace", About: "texts of the workspace's own answer, each by another", Example: "\n    RUNNING: UPDATING", Slot: func(r *Rule) flatfile.Slot { return flatfile.Pairs(&r.Replace) }},
	{Name: "sql", About: "how the workspace's own answer to a SQL driver is spoilt: " + wordList(sqlWords), Example: " fewer-columns", Slot: func(r *Rule) flatfile.Slot { return flatfile.Word(&r.SQL, sqlWords...) }},
	{Name: "sql_error", About: "the statement, or the driver's call, fails with this text", Example: ` "[SCHEMA_NOT_FOUND] The schema cannot be found."`, Slot: func(r *Rule) flatfile.Slot { return flatfile.Verbatim(&r.SQLError) }},
	{Name: "sql_state", About: "SQLSTATE of sql_error", Example: " 42704", Slot: func(r *Rule) flatfile.Slot { return flatfile.Text(&r.SQLState) }},

	{Name: "encode", About: "how the body is sent: " + wordList(encodings) + "; what is said is in a header alone, what is unsaid in the bytes alone", Example: " [gzip]", Slot: func(r *Rule) flatfile.Slot { return flatfile.Words(&r.Encode, encodings...) }},
	{Name: "repeat", About: "the body so many times in a row", Example: " 1000", Slot: func(r *Rule) flatfile.Slot { return flatfile.Count(&r.Repeat) }},
	{Name: "endless", About: "true: the body again and again, without an end", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Endless) }},
	{Name: "cut", About: "bytes of the body after which the connection is closed", Example: " 20", Slot: func(r *Rule) flatfile.Slot { return flatfile.Count(&r.Cut) }},
	{Name: "delay", About: "how long nothing is answered", Example: " 2s", Slot: func(r *Rule) flatfile.Slot { return flatfile.Span(&r.Delay) }},
	{Name: "trickle", About: "the body byte by byte, with this pause after each", Example: " 500ms", Slot: func(r *Rule) flatfile.Slot { return flatfile.Span(&r.Trickle) }},
	{Name: "close", About: "true: the connection is closed without an answer", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Close) }},
	{Name: "reset", About: "true: the connection is reset, with cut after so many bytes, else without an answer", Example: " true", Slot: func(r *Rule) flatfile.Slot { return flatfile.Flag(&r.Reset) }},
}

var editKeys = []flatfile.Key[Edit]{
	{Name: "at", About: "where, such as groups[0].display; [*] is every item and * every name", Needed: true, Example: " groups[0].display", Slot: func(e *Edit) flatfile.Slot { return flatfile.Text(&e.At) }},
	{Name: "set", About: "the new value, of any kind", Example: " admins", Slot: func(e *Edit) flatfile.Slot { return flatfile.Value(&e.Set) }},
	{Name: "delete", About: "true: it is taken away", Example: " true", Slot: func(e *Edit) flatfile.Slot { return flatfile.Flag(&e.Delete) }},
}

var (
	methods   = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"}
	encodings = []Encoding{ByteOrderMark, UTF16Little, UTF16Big, Latin1, Gzip, GzipUnsaid, GzipSaid, BrotliSaid}
	sqlWords  = []SQLChange{
		FewerColumns, NoColumns, RaggedColumns, NoSchema, NoTypes, BadArrow, NoHandle, StillPending, StillRunning, MoreRows, LargeCells, HugeCell, NotThrift,
	}
)

func wordList[W ~string](words []W) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}

func stageList() string {
	all := Stages()
	return all[0] + " to " + all[len(all)-1]
}
