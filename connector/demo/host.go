package demo

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/contain"
)

// host is a server of the imaginary network, on a loopback port of its own.
type host struct {
	listener net.Listener
	server   *http.Server
	served   chan struct{} // closed when it serves no longer
}

// listen takes the port of a host that does not serve yet, a free one where addr is empty.
func listen(ctx context.Context, addr string) (*host, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	name, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if ip := net.ParseIP(name); name != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("listen on %s: the embedded workspace is served on loopback addresses only", addr)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start the embedded workspace: %w", err)
	}
	return &host{listener: l, served: make(chan struct{})}, nil
}

// serve answers with the TLS that the obstacle leaves until the host is closed. Task is what a panic is reported to have happened in.
func (h *host) serve(task string, between Obstacle, certificate tls.Certificate, answer http.Handler) {
	h.server = &http.Server{
		Handler:           answer,
		ErrorLog:          log.New(io.Discard, "", 0), // a terminal is on the other side of this process's standard error
		ReadHeaderTimeout: 10 * time.Second,
	}
	contain.Go(task, func() {
		defer close(h.served)
		_ = h.server.Serve(between.listen(h.listener, certificate)) // ends with ErrServerClosed when the host is closed
	})
}

// addr is where the host listens, a loopback address with its port.
func (h *host) addr() string { return h.listener.Addr().String() }

// close ends the host and every connection to it.
func (h *host) close() error {
	err := h.server.Close()
	<-h.served
	if errors.Is(err, net.ErrClosed) {
		return nil // it ended with its context before
	}
	return err
}
