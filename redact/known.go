package redact

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// shortest is the length in bytes below which a value is not looked for by itself: it would be found in texts that have nothing to do
// with it.
const shortest = 8

// mostKnown bounds what is kept: more secrets than anybody puts into wrong fields.
const mostKnown = 64

// values are the secrets that stood in a wrong place, in lower case, since a host is shown so.
var (
	values  sync.Map // of string
	howMany atomic.Int32
)

// public are hosts, paths, UUIDs and numbers: a mistaken one would hide what has to be seen.
var public = pattern.New(`(?i)^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?|[/~.].*|[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[a-z]+)$`)

func know(secret string) {
	if len(secret) < shortest || howMany.Load() >= mostKnown || public().MatchString(secret) && !strings.HasPrefix(strings.ToLower(secret), "eyj") {
		return
	}
	secret = lowered(secret)
	values.Range(func(before, _ any) bool { // what was typed so far
		if strings.HasPrefix(secret, before.(string)) && secret != before {
			values.Delete(before)
			howMany.Add(-1)
		}
		return true
	})
	if _, loaded := values.LoadOrStore(secret, true); !loaded {
		howMany.Add(1)
	}
}

// known are the places of secrets that were met before, in a text in lower case.
func known(lower string) (spans []span) {
	if howMany.Load() == 0 {
		return nil
	}
	values.Range(func(secret, _ any) bool {
		for at := 0; ; {
			next := strings.Index(lower[at:], secret.(string))
			if next < 0 {
				return true
			}
			spans = append(spans, span{from: at + next, to: at + next + len(secret.(string))})
			at += next + len(secret.(string))
		}
	})
	return spans
}
