package connector

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// StorageHost reads the host of a storage that a person named: HOST or HOST:PORT, in lower case. A whole link is refused, since it is a secret
// for as long as it lives. Errors are *Error of kind ErrInput. The host is noted for share mode.
func StorageHost(text string) (string, error) {
	host := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(text), "."))
	name, port := host, ""
	if strings.Contains(host, ":") {
		var err error
		if name, port, err = net.SplitHostPort(host); err != nil {
			name = ""
		}
	}
	number, err := strconv.Atoi(port)
	if port != "" && (err != nil || number < 1 || number > 65535) || !isHostName(name) {
		return "", &Error{
			Kind: ErrInput, What: "A storage is named by its host alone.", Remedy: "Give it like dbstorage1234.blob.core.windows.net, without https:// and without a path.",
		}
	}
	if port == "443" {
		host = name
	}
	Known().Note(KindHost, name)
	return host, nil
}

func isHostName(name string) bool {
	labels := strings.Split(name, ".")
	return len(name) < 254 && len(labels) > 1 && !slices.ContainsFunc(labels, func(l string) bool {
		return l == "" || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-_") != ""
	})
}

// LinkHost is the host of a link, as StorageHost gives it; empty where a link is none that may be followed.
func LinkHost(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.User != nil {
		return ""
	}
	host, err := StorageHost(u.Host)
	if err != nil {
		return ""
	}
	return host
}

// StorageError is rows that a storage did not give by their link.
type StorageError struct {
	Host   string
	Status int   // of its answer; 0: there was none
	Err    error // why there was none
}

func (e *StorageError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", CleanLine(e.Host, 120), e.Err)
	}
	return fmt.Sprintf("%s answers with HTTP %d", CleanLine(e.Host, 120), e.Status)
}

// Unwrap is why there was no answer.
func (e *StorageError) Unwrap() error { return e.Err }
