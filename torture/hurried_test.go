package torture

import (
	"context"
	"net"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// soon is how long a walk over all scenarios waits for an answer that never comes, in place of the minute that a person would.
const soon = 1500 * time.Millisecond

// hurried is a network that gives up on an answer soon, so that a scenario in which nothing answers comes to its end.
func hurried(n workspace.Network) workspace.Network {
	dial, lookup := n.Dial, n.Lookup
	n.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return hurriedConn{conn}, nil
	}
	n.Lookup = func(ctx context.Context, host string) ([]string, error) {
		ctx, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		return lookup(ctx, host)
	}
	return n
}

// hurriedConn gives up on every read soon.
type hurriedConn struct{ net.Conn }

func (c hurriedConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(soon)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// restless reports whether a screen waits for a warehouse to change its state, which only time does.
func restless(frame string) bool {
	return strings.Contains(frame, "starting") || strings.Contains(frame, "stopping")
}
