package rest

import "github.com/draftt-io/draftt-databricks/connector/demo/relay"

// Fault is something that goes wrong on purpose with the requests it matches: a rule of the relay that stands in front of the workspace.
type Fault = relay.Rule
