package trust

import (
	"bytes"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Set are authorities as they are kept, as PEM. It is read once, when it is made. The zero value is none.
type Set struct {
	pem []byte
	all []Certificate
}

// NewSet takes PEM, from several places where there are several. What does not read as a certificate is kept, and told of nowhere.
func NewSet(from ...[]byte) Set {
	pem := join(from...)
	return Set{pem, Saved(pem)}
}

func join(from ...[]byte) (joined []byte) {
	for _, pem := range from {
		if len(joined) > 0 && len(pem) > 0 && !bytes.HasSuffix(joined, []byte("\n")) {
			joined = append(joined, '\n')
		}
		joined = append(joined, pem...)
	}
	return joined
}

// PEM is the set as it is kept, nil where there is none.
func (s Set) PEM() []byte { return s.pem }

// Certificates are what there is to tell of them.
func (s Set) Certificates() []Certificate { return s.all }

// Chosen are the authorities that a connection trusts beside those of its machine: some that were given for whatever host is answered, with
// the path that they were read from, and some that somebody trusts for one host, having looked.
type Chosen struct {
	Given Set
	Path  string
	here  Set
	of    connector.Host
}

// Here are those for the one host alone.
func (c Chosen) Here() Set { return c.here }

// PEM is all of them.
func (c Chosen) PEM() []byte { return join(c.Given.pem, c.here.pem) }

// Certificates are what there is to tell of all of them.
func (c Chosen) Certificates() []Certificate { return slices.Concat(c.Given.all, c.here.all) }

// For trusts more for one host alone.
func (c *Chosen) For(host connector.Host, pem []byte) {
	c.here, c.of = NewSet(c.here.pem, pem), host
}

// Leave forgets what was trusted for another host, and reports whether there was any.
func (c *Chosen) Leave(host connector.Host) bool {
	if len(c.here.pem) == 0 || c.of.Same(host) {
		return false
	}
	c.here, c.of = Set{}, connector.Host{}
	return true
}
