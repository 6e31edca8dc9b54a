package rest

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// The page sizes when the caller leaves the size to the server. A caller gets smaller pages by asking, never larger ones.
const (
	smallPage = 50
	tablePage = 1000
)

// cursor is where one page of a listing starts. A listing that does not fit on its first page has an empty second one: the API reserves
// the right to send such pages, and a client that stops at one should be found out here.
type cursor struct {
	scope string // which listing, so that a token of one is refused by another
	from  int
	size  int
	pause bool // this page is the empty one
}

// readCursor reads the page_token and the size parameter of a request.
func readCursor(r *http.Request, scope, sizeParam string, serverSize int) (cursor, error) {
	query := r.URL.Query()
	c := cursor{scope: scope, size: serverSize}
	if text := query.Get(sizeParam); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return cursor{}, Refuse(sizeParam + " must be a number that is not negative.")
		}
		if n > 0 {
			c.size = min(n, serverSize)
		}
	} else if sizeParam == "max_results" && !query.Has("page_token") {
		c.size = math.MaxInt // without max_results the catalog listings are not paged
	}
	token := query.Get("page_token")
	if token == "" {
		return c, nil
	}
	raw, _ := base64.RawURLEncoding.DecodeString(token)
	number, rest, _ := strings.Cut(string(raw), "|")
	mark, _, _ := strings.Cut(rest, "|")
	c.from, _ = strconv.Atoi(number)
	if c.pause = mark == "pause"; c.from <= 0 || c.encode(c.from, mark) != token {
		return cursor{}, Refuse("page_token is not valid for this listing.")
	}
	return c, nil
}

// window is what to ask the model for. The empty page looks at nothing.
func (c cursor) window(r *http.Request) model.Window {
	win := model.Window{From: c.from, Size: c.size, Browse: flag(r, "include_browse"), Unbound: flag(r, "include_unbound")}
	if c.pause {
		win.Size = 0
	}
	return win
}

// token names the page that starts at next; it is empty when there is none.
func (c cursor) token(next int) string {
	switch {
	case c.pause:
		return c.encode(c.from, "")
	case next == 0:
		return ""
	case c.from == 0:
		return c.encode(next, "pause")
	}
	return c.encode(next, "")
}

// encode ends a token with a sum of what is in it, so that one that was damaged on its way is none.
func (c cursor) encode(from int, mark string) string {
	text := []byte(strconv.Itoa(from) + "|" + mark + "|" + c.scope)
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(text)))
}

// pageOf cuts a page out of a listing that is held whole, and names the next one.
func pageOf[T any](c cursor, all []T) (page []T, next string) {
	from := min(c.from, len(all))
	to := from
	if !c.pause {
		to += min(c.size, len(all)-from)
	}
	if to == len(all) {
		return all[from:to], c.token(0)
	}
	return all[from:to], c.token(to)
}

// flag reads a boolean parameter; anything but a true value is false.
func flag(r *http.Request, name string) bool {
	on, err := strconv.ParseBool(r.URL.Query().Get(name))
	return err == nil && on
}
