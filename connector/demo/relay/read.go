package relay

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

// asWritten are the parts of a rule that a person may write in more than one form.
type asWritten struct {
	json                  json.RawMessage
	base64, hex, recorded string
}

// Read reads a file of rules. The error is a *connector.Error of kind ErrInput that names the line.
func Read(content []byte) ([]Rule, error) {
	f, err := flatfile.Read(content, fileKeys, "file of rules")
	if err == nil && len(f.rules) == 0 {
		err = &connector.Error{
			Kind: connector.ErrInput, What: "The file of rules has no rules.", Remedy: `Write "rules:", and below it each rule with a hyphen before its first key.`,
		}
	}
	return f.rules, err
}

// Whole looks at a rule whose keys were read, puts its parts where they belong, and says what does not go together.
func Whole(r *Rule) error { return whole(r) }

const (
	mostCalls   = 1_000_000
	longestBody = 512 << 10
)

func whole(r *Rule) error {
	if err := r.settle(); err != nil {
		return err
	}
	bodies := 0
	for _, given := range []bool{r.Body != "", r.Page != "", r.Raw != ""} {
		if given {
			bodies++
		}
	}
	switch {
	case r.Path == "" && r.Stage == "":
		return errors.New("it has neither a path nor a stage")
	case r.Path != "" && !strings.HasPrefix(r.Path, "/") && !strings.HasPrefix(r.Path, "*"):
		return errors.New("a path begins with a slash or an asterisk")
	case r.Signed && r.Unsigned:
		return errors.New("no request is both signed and unsigned")
	case r.Status != 0 && (r.Status < 200 || r.Status > 599):
		return errors.New("a status is 200 to 599")
	case bodies > 1:
		return errors.New("it has more than one body")
	case len(r.Body)+len(r.Page)+len(r.Raw) > longestBody:
		return errors.New("its body is too long; repeat makes a long one of a short one")
	case bodies > 0 && r.rewrites():
		return errors.New("it has a body of its own and changes that of the workspace as well")
	case max(r.After, r.Times, r.Repeat) > mostCalls:
		return fmt.Errorf("after, times and repeat go up to %d", mostCalls)
	case r.Endless && r.Repeat > 0:
		return errors.New("a body without an end is not repeated so many times")
	case r.SQLState != "" && r.SQLError == "":
		return errors.New("sql_state goes with sql_error")
	case r.RetryDate && r.RetryAfter == 0:
		return errors.New("retry_date goes with retry_after")
	case r.passes() && r.Raw == "" && r.Delay == 0 && !r.Close && !r.Reset:
		return errors.New("it changes nothing")
	}
	return headersFit(r.Header)
}

func headersFit(header map[string]string) error {
	for name, value := range header {
		if name != textproto.TrimString(name) || strings.ContainsAny(name, " :\r\n\t") || strings.ContainsAny(value, "\r\n\x00") {
			return fmt.Errorf("%q is no header of one line", name)
		}
	}
	return nil
}

// settle puts what a person wrote where the relay looks for it.
func (r *Rule) settle() error {
	var bodies []string
	if len(r.json) > 0 {
		bodies = append(bodies, string(r.json))
	}
	if r.base64 != "" {
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(r.base64), ""))
		if err != nil {
			return errors.New("its base64 cannot be decoded")
		}
		bodies = append(bodies, string(raw))
	}
	if r.hex != "" {
		raw, err := hex.DecodeString(strings.Join(strings.Fields(r.hex), ""))
		if err != nil {
			return errors.New("its hexadecimal digits cannot be decoded")
		}
		bodies = append(bodies, string(raw))
	}
	if r.Body != "" {
		bodies = append(bodies, r.Body)
	}
	if len(bodies) > 1 || len(bodies) > 0 && r.recorded != "" {
		return errors.New("it has more than one body")
	}
	if len(bodies) == 1 {
		r.Body = bodies[0]
	}
	if r.recorded != "" {
		if err := r.take(r.recorded); err != nil {
			return err
		}
	}
	r.asWritten = asWritten{}
	return nil
}

// take reads an answer that was recorded, as curl -i prints it. Headers that are about how it travelled are left out: it travels anew.
func (r *Rule) take(recorded string) error {
	head, body, _ := strings.Cut(strings.ReplaceAll(recorded, "\r\n", "\n"), "\n\n")
	in := textproto.NewReader(bufio.NewReader(strings.NewReader(strings.TrimLeft(head, "\n") + "\n\n")))
	line, err := in.ReadLine()
	words := strings.Fields(line)
	if err != nil || len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return errors.New("what was recorded does not begin like HTTP/1.1 403 Forbidden")
	}
	if r.Status, err = strconv.Atoi(words[1]); err != nil {
		return errors.New("what was recorded has no status")
	}
	header, err := in.ReadMIMEHeader()
	if err != nil {
		return errors.New("what was recorded has a header that cannot be read")
	}
	set := map[string]string{"Content-Type": ""}
	for name := range header {
		set[name] = header.Get(name)
	}
	for _, travel := range []string{"Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive"} {
		delete(set, travel)
	}
	for name, value := range r.Header {
		set[name] = value
	}
	r.Header, r.Body, r.Foreign = set, body, true
	return nil
}

func wholeEdit(e *Edit) error {
	if _, err := places(e.At); err != nil {
		return err
	}
	if (len(e.Set) > 0) == e.Delete {
		return errors.New("it needs one of set and delete")
	}
	return nil
}
