package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/words"
)

// serveDemo serves the embedded workspace on loopback to any client until the program is stopped. The first thing it prints is one JSON
// object with everything a client needs; its secrets are new in every run and open nothing else.
func (a *app) serveDemo(ctx context.Context, s demo.Scenario, addr string) error {
	w, err := demo.Start(ctx, s, demo.Options{Addr: addr})
	if err != nil {
		return usage(words.UpperFirst(err.Error())+".", "Give --serve a loopback address, for example 127.0.0.1:0.")
	}
	defer func() { _ = w.Close() }()
	dir, err := os.MkdirTemp("", "draftt-databricks-serve-")
	if err != nil {
		return fmt.Errorf("make a folder for the CA file: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	caFile := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(caFile, w.CAPEM(), 0o600); err != nil {
		return fmt.Errorf("write the CA file: %w", err)
	}
	handout, err := w.Handout(caFile)
	if err != nil {
		return err
	}
	line, err := json.Marshal(handout)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if _, err := fmt.Fprintf(bare(a.out), "%s\n", line); err != nil { // these secrets are there to be handed out
		return fmt.Errorf("print: %w", err)
	}
	<-ctx.Done()
	return nil
}
