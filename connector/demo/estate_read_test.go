package demo_test

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// patience is a client that waits out what a paced workspace refuses, by moving the workspace's clock as far as it is asked to wait.
type patience struct {
	testing.TB
	base, token    string
	client         http.Client
	clock          *model.ManualClock
	began          time.Time
	asked, refused int
	heap           uint64 // the most that was in use
}

// patient is an admin with a personal access token, which lasts however far the clock is moved.
func patient(t testing.TB, w *demo.Workspace, clock *model.ManualClock) *patience {
	return &patience{
		TB: t, base: "https://" + w.Host(), token: string(w.Admin().Token.Reveal()), client: http.Client{Transport: transport(t, w)}, clock: clock, began: clock.Now(),
	}
}

// get asks until it is answered, and reads the answer.
func (p *patience) get(path string, query url.Values, into any) {
	p.Helper()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path+"?"+query.Encode(), nil)
		if err != nil {
			p.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+p.token)
		answer, err := p.client.Do(r)
		if err != nil {
			p.Fatal(err)
		}
		if p.asked++; answer.StatusCode == http.StatusTooManyRequests {
			p.wait(answer)
			continue
		}
		if answer.StatusCode == http.StatusOK {
			err = json.NewDecoder(answer.Body).Decode(into)
		}
		if _ = answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
			p.Fatalf("%s?%s: %s, %v", path, query.Encode(), answer.Status, err)
		}
		if p.asked%50 == 0 {
			p.measure()
		}
		return
	}
}

func (p *patience) wait(answer *http.Response) {
	p.Helper()
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if err != nil || seconds < 1 {
		p.Fatalf("it is refused until %q", answer.Header.Get("Retry-After"))
	}
	p.refused++
	p.clock.Advance(time.Duration(seconds) * time.Second)
}

func (p *patience) measure() {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	p.heap = max(p.heap, used(now))
}

func used(m runtime.MemStats) uint64 { return m.HeapInuse + m.StackInuse }

// inUse is what this process holds when its garbage is collected.
func inUse() uint64 {
	debug.FreeOSMemory()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return used(now)
}

// roll is what was met in a list, in its order.
type roll struct {
	seen  map[uint64]bool
	order maphash.Hash
	count int
}

func newRoll() *roll {
	r := &roll{seen: map[uint64]bool{}}
	r.order.SetSeed(seed)
	return r
}

// note reports whether a key is met for the first time.
func (r *roll) note(key string) bool {
	r.count++
	_, _ = r.order.WriteString(key + "\n")
	sum := maphash.String(seed, key)
	again := r.seen[sum]
	r.seen[sum] = true
	return !again
}

// listing is a list that comes in pages.
type listing struct {
	name, path string
	query      url.Values
	items, key string // the fields of the list and of what is its own in each
	size       string // the parameter for how many are on a page; empty where all are on one
	want       int
	counted    bool // pages begin at a number, as in SCIM, rather than at a token
}

// read reads a list to its end, with so many on a page.
func (p *patience) read(l listing, size int) *roll {
	p.Helper()
	met, query := newRoll(), url.Values{}
	for name, values := range l.query {
		query[name] = values
	}
	if l.size != "" {
		query.Set(l.size, strconv.Itoa(size))
	}
	for {
		if l.counted {
			query.Set("startIndex", strconv.Itoa(met.count+1))
		}
		page := map[string]json.RawMessage{}
		p.get(l.path, query, &page)
		var items []map[string]any
		if raw, ok := page[l.items]; ok {
			if err := json.Unmarshal(raw, &items); err != nil {
				p.Fatal(err)
			}
		}
		for _, item := range items {
			if key := fmt.Sprint(item[l.key]); !met.note(key) {
				p.Errorf("%s: %s is listed twice", l.name, key)
			}
		}
		var next string
		_ = json.Unmarshal(page["next_page_token"], &next)
		if query.Set("page_token", next); next == "" && (!l.counted || len(items) == 0) {
			return met
		}
	}
}

// object is what a folder tells of something in it.
type object struct {
	Type string `json:"object_type"`
	Path string `json:"path"`
	ID   int64  `json:"object_id"`
}

// walk counts what lies below the root, folder by folder, and keeps each object whose number is a multiple of every.
func (p *patience) walk(every int) (count int, kept []object) {
	p.Helper()
	met := newRoll()
	for folders := []string{"/"}; len(folders) > 0; {
		last := len(folders) - 1
		folder := folders[last]
		folders = folders[:last]
		var page struct{ Objects []object }
		p.get("/api/2.0/workspace/list", url.Values{"path": {folder}}, &page)
		if !slices.IsSortedFunc(page.Objects, func(a, b object) int { return strings.Compare(a.Path, b.Path) }) {
			p.Errorf("%s is in no order", folder)
		}
		for _, o := range page.Objects {
			if !met.note(o.Path) {
				p.Errorf("%s is listed twice", o.Path)
			}
			if o.Type == "DIRECTORY" || o.Type == "REPO" {
				folders = append(folders, o.Path)
			}
			if met.count%every == 0 {
				kept = append(kept, o)
			}
		}
	}
	return met.count, kept
}
