// Package links is the storage host of the embedded workspace, from which clients fetch large results: by links that are signed, need no
// credential and end soon, as those of Azure Blob Storage do.
package links

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/xml"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Life is how long a link is good at most, as the statement API documents it.
const Life = 15 * time.Minute

// Of files so many bytes are held, and so many links lead to any; the oldest make room.
const (
	mostHeld  = 64 << 20
	mostLinks = 4096
)

// File is what a link leads to.
type File struct {
	Key  string                 // a file that is offered again by the same key has the same link while half of its life is left; empty for a new one each time
	Type string                 // as Content-Type has it
	Size int                    // what the store keeps for it; zero where somebody else keeps it
	Body func() ([]byte, error) // an error that is fs.ErrNotExist says that who kept it has dropped it
}

// Link is where a file is until when.
type Link struct {
	URL     string
	Expires time.Time
}

// Options connects a [Store] to the rest of the workspace. All are required.
type Options struct {
	Now func() time.Time
	// Host is the name and port of the storage for a client that calls the workspace by a host.
	Host func(workspace string) string
	// Observe is told every request, and with what status it was answered.
	Observe func(r *http.Request, status int)
}

// Store hands out links and serves what they lead to. It is safe for use by many goroutines.
type Store struct {
	opts Options

	mu    sync.Mutex
	files map[string]*kept
	byKey map[key]string // the names of those that have a key
	order []string       // of their names, the oldest first
	held  int
}

type kept struct {
	File
	key       key
	signature string
	expires   time.Time
}

// key is a file's own key with the host of its link.
type key struct{ host, file string }

// New makes a store without files.
func New(opts Options) *Store {
	return &Store{opts: opts, files: map[string]*kept{}, byKey: map[key]string{}}
}

// Offer makes a link to a file for a client that calls the workspace by a host.
func (s *Store) Offer(workspace string, f File) Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	now, k := s.opts.Now(), key{s.opts.Host(workspace), f.Key}
	if name, known := s.byKey[k]; known && s.files[name].expires.Sub(now) > Life/2 {
		return s.link(name)
	}
	name := rand.Text()
	s.files[name] = &kept{f, k, rand.Text(), now.Add(Life).Truncate(time.Second)}
	s.order, s.held = append(s.order, name), s.held+f.Size
	if f.Key != "" {
		s.byKey[k] = name
	}
	s.makeRoom()
	return s.link(name)
}

// makeRoom forgets the oldest links while there are too many, and then the oldest that hold something while together they hold too much: to
// forget the others would free nothing. The latest stays.
func (s *Store) makeRoom() {
	for len(s.order) > mostLinks {
		s.drop(0)
	}
	for i := 0; s.held > mostHeld && i < len(s.order)-1; {
		if s.files[s.order[i]].Size > 0 {
			s.drop(i)
		} else {
			i++
		}
	}
}

func (s *Store) link(name string) Link {
	k := s.files[name]
	url := "https://" + k.key.host + "/results/" + name + "?se=" + strconv.FormatInt(k.expires.Unix(), 10) + "&sp=r&sig=" + k.signature
	return Link{URL: url, Expires: k.expires}
}

// sweep lets go of the files whose links have ended, and forgets a link when it has ended for as long as it lived: until then whoever comes
// by it is told that it has ended.
func (s *Store) sweep() {
	now := s.opts.Now()
	for len(s.order) > 0 && now.Sub(s.files[s.order[0]].expires) > Life {
		s.drop(0)
	}
	for _, name := range s.order {
		k := s.files[name]
		if !now.After(k.expires) {
			return
		}
		s.held, k.Size, k.Body = s.held-k.Size, 0, nil
	}
}

// drop forgets a link, by its place in the order.
func (s *Store) drop(i int) {
	name := s.order[i]
	k := s.files[name]
	if s.byKey[k.key] == name {
		delete(s.byKey, k.key)
	}
	s.held -= k.Size
	delete(s.files, name)
	s.order = slices.Delete(s.order, i, i+1)
}

// problem is an error as the storage writes it.
type problem struct {
	XMLName xml.Name `xml:"Error"`
	Code    string   `xml:"Code"`
	Message string   `xml:"Message"`
}

// ServeHTTP gives a file to whoever has its link, and to nobody who sends a credential beside it.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status := http.StatusOK
	defer func() { s.opts.Observe(r, status) }()
	refuse := func(code int, name, message string) {
		status = code
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(code)
		body, _ := xml.Marshal(problem{Code: name, Message: message}) // texts always encode
		_, _ = w.Write(body)                                          // the client is gone when this fails
	}
	absent := func() { refuse(http.StatusNotFound, "BlobNotFound", "The specified blob does not exist.") }
	name, isFile := strings.CutPrefix(r.URL.Path, "/results/")
	s.mu.Lock()
	s.sweep()
	var k kept
	found, known := s.files[name]
	if known {
		k = *found
	}
	s.mu.Unlock()
	signed := subtle.ConstantTimeCompare([]byte(k.signature), []byte(r.URL.Query().Get("sig"))) == 1
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		refuse(http.StatusMethodNotAllowed, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.")
		return
	case r.Header.Get("Authorization") != "":
		refuse(http.StatusBadRequest, "InvalidAuthenticationInfo", "Authentication information is not given in the correct format. Check the value of Authorization header.")
		return
	case !isFile || !known:
		absent()
		return
	case !signed || k.Body == nil || s.opts.Now().After(k.expires):
		refuse(http.StatusForbidden, "AuthenticationFailed",
			"Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.")
		return
	}
	body, err := k.Body()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		absent()
		return
	case err != nil:
		refuse(http.StatusInternalServerError, "InternalError", "The server encountered an internal error. Please retry the request.")
		return
	}
	w.Header().Set("Content-Type", k.Type)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client is gone when this fails, and nobody else is there to tell
}
