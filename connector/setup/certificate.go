package setup

import (
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

// Certificate gives the look to run: with the eyes of an open admin session, and otherwise with those of the connector, which sees less.
func (s *Setup) Certificate() (func(context.Context) (audit.Certificate, error), error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	d := s.draft
	chosen := audit.Chosen{
		Needs:     slices.Concat(grants.Reach(d.Schema()), s.readNeeds(nil)),
		Warehouse: d.Warehouse().ID,
	}
	session, principal, at, version := s.AdminHere(), d.Principal().Name.Raw(), s.env.Now(), s.env.Version
	return func(ctx context.Context) (audit.Certificate, error) {
		ctx, cancel := context.WithTimeout(ctx, certifyDeadline)
		defer cancel()
		if session != nil {
			if facts, err := session.Facts(ctx, principal, ws, chosen); err == nil {
				return audit.Certify(facts, at, version), nil
			}
		}
		facts, err := audit.Own(ctx, ws, chosen)
		if err != nil {
			return audit.Certificate{}, err
		}
		return audit.Certify(facts, at, version), nil
	}, nil
}

// certificateWords say what each verdict means.
var certificateWords = map[audit.Verdict]string{
	audit.Exact:    "✓ READ-ONLY-EXACT: reads what was chosen, and no more",
	audit.Broader:  "! READ-ONLY-BROADER: reads only, and more than was chosen",
	audit.CanWrite: "✗ CAN-WRITE: it may do more than read",
	audit.Unknown:  "? UNKNOWN: ",
}

// CertificateLines are a certificate in one line and, where something goes beyond the choice, in a second one the first of that with how to
// take it away.
func CertificateLines(c audit.Certificate) []string {
	first := certificateWords[c.Verdict]
	if c.Verdict == audit.Unknown {
		first += fmt.Sprintf("%s not visible, no right to write seen", words.Count(len(c.Unseen), "thing"))
	}
	if len(c.Extras) == 0 {
		return []string{first}
	}
	extra := c.Extras[0]
	text := fmt.Sprintf("%s (%s). %s", extra.What, extra.Source, extra.Revoke)
	if extra.Others {
		text += " The others in the group lose it too."
	}
	return []string{first, text}
}
