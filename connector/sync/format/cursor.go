package format

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// cursor goes through a JSON text that a pen wrote. It takes no other spelling of the same values: no blanks, no other order of members.
type cursor struct {
	text    []byte
	at      int
	unquote []byte
}

func (c *cursor) wrong(wanted string) error {
	return fmt.Errorf("%.20q stands where %s is wanted, at byte %d", c.text[min(c.at, len(c.text)):], wanted, c.at+1)
}

func (c *cursor) end() error {
	if c.at != len(c.text) {
		return c.wrong("the end")
	}
	return nil
}

// word goes on past a text if it is next.
func (c *cursor) word(text string) bool {
	if end := c.at + len(text); end <= len(c.text) && string(c.text[c.at:end]) == text {
		c.at = end
		return true
	}
	return false
}

func (c *cursor) must(text string) error {
	if !c.word(text) {
		return c.wrong(fmt.Sprintf("%q", text))
	}
	return nil
}

// bare is what reaches to the next sign of JSON.
func (c *cursor) bare() []byte {
	from := c.at
	for c.at < len(c.text) && c.text[c.at] != ',' && c.text[c.at] != '}' && c.text[c.at] != ']' {
		c.at++
	}
	return c.text[from:c.at]
}

// each takes the parts of an array or object, with commas between them.
func (c *cursor) each(open, close byte, take taker) error {
	if err := c.must(string(open)); err != nil {
		return err
	}
	if c.word(string(close)) {
		return nil
	}
	for {
		if err := take(c); err != nil {
			return err
		}
		if c.word(string(close)) {
			return nil
		}
		if err := c.must(","); err != nil {
			return err
		}
	}
}

// string reads a text, good until the next one is read.
func (c *cursor) string() ([]byte, error) {
	if err := c.must(`"`); err != nil {
		return nil, err
	}
	rest := c.text[c.at:]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return nil, errors.New("a text is not closed")
	}
	if bytes.IndexByte(rest[:end], '\\') < 0 {
		c.at += end + 1
		return rest[:end], valid(rest[:end])
	}
	c.unquote = c.unquote[:0]
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			c.at += i + 1
			return c.unquote, valid(c.unquote)
		case '\\':
			sign, length, err := escaped(rest[i+1:])
			if err != nil {
				return nil, err
			}
			c.unquote = append(c.unquote, sign)
			i += length
		default:
			c.unquote = append(c.unquote, rest[i])
		}
	}
	return nil, errors.New("a text is not closed")
}

func valid(text []byte) error {
	if !utf8.Valid(text) {
		return fmt.Errorf("%.40q is no UTF-8", text)
	}
	return nil
}

// escaped reads what stands behind a backslash, and how long it is.
func escaped(text []byte) (sign byte, length int, err error) {
	wrong := func() error { return fmt.Errorf("%.5q behind a backslash is not what this tool writes", text) }
	if len(text) == 0 {
		return 0, 0, wrong()
	}
	switch text[0] {
	case '"', '\\':
		return text[0], 1, nil
	case 'n':
		return '\n', 1, nil
	case 'r':
		return '\r', 1, nil
	case 't':
		return '\t', 1, nil
	case 'u':
		if len(text) < 5 || string(text[1:3]) != "00" {
			return 0, 0, wrong()
		}
		high, low := hexDigit(text[3]), hexDigit(text[4])
		if high < 0 || low < 0 || high<<4|low >= ' ' {
			return 0, 0, wrong()
		}
		return byte(high<<4 | low), 5, nil
	}
	return 0, 0, wrong()
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
