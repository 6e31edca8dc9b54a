package panels

import "github.com/draftt-io/draftt-databricks/connector/setup"

// Coach is what says above the keys what to press, nil outside a guided demo.
func Coach(env setup.Environment) func(title string, panel bool, shows string) string {
	if env.Demo == nil || env.Demo.Coach == nil {
		return nil
	}
	return env.Demo.Coach.Coached
}
