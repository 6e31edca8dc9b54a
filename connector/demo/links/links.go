// Package links is the storage host of the embedded workspace, from which clients fetch large results: by links that are signed, need no
// credential and end soon, as those of Azure Blob Storage do.
package links

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Life is how long a link is good at most, as the statement API documents it.
const Life = 15 * time.Minute

// mostHeld is how many bytes of files are held; the oldest make room.
const mostHeld = 64 << 20

// File is what a link leads to.
type File struct {
	Type string // as Content-Type has it
	Size int    // what the store keeps for it; zero where somebody else keeps it
	Body func() ([]byte, error)
}

// Link is where a file is until when.
type Link struct {
	URL     string
	Expires time.Time
}

// Options connects a [Store] to the rest of the workspace. Both are required.
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
	files map[string]kept
	order []string // of their names, the oldest first
	held  int
}

type kept struct {
	File
	signature string
	expires   time.Time
}

// New makes a store without files.
func New(opts Options) *Store { return &Store{opts: opts, files: map[string]kept{}} }

// Offer makes a link to a file for a client that calls the workspace by a host.
func (s *Store) Offer(workspace string, f File) Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	name, expires := rand.Text(), s.opts.Now().Add(Life).Truncate(time.Second)
	k := kept{f, rand.Text(), expires}
	s.files[name], s.order, s.held = k, append(s.order, name), s.held+f.Size
	for len(s.order) > 1 && (s.held > mostHeld || s.opts.Now().Sub(s.files[s.order[0]].expires) > Life) {
		s.held -= s.files[s.order[0]].Size
		delete(s.files, s.order[0])
		s.order = s.order[1:]
	}
	url := "https://" + s.opts.Host(workspace) + "/results/" + name + "?se=" + strconv.FormatInt(expires.Unix(), 10) + "&sp=r&sig=" + k.signature
	return Link{URL: url, Expires: expires}
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
	name, isFile := strings.CutPrefix(r.URL.Path, "/results/")
	s.mu.Lock()
	k, known := s.files[name]
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
		refuse(http.StatusNotFound, "BlobNotFound", "The specified blob does not exist.")
		return
	case !signed || s.opts.Now().After(k.expires):
		refuse(http.StatusForbidden, "AuthenticationFailed",
			"Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.")
		return
	}
	body, err := k.Body()
	if err != nil {
		refuse(http.StatusInternalServerError, "InternalError", "The server encountered an internal error. Please retry the request.")
		return
	}
	w.Header().Set("Content-Type", k.Type)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client is gone when this fails, and nobody else is there to tell
}
