package cmd

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/demos"
	"github.com/draftt-io/draftt-databricks/cmd/manual"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/screens/stories"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// demoFlags say what to see of the demo, and in which form.
type demoFlags struct {
	scenario, story, script, serve, rules string
	list, test, asJSON                    bool
}

func (a *app) demo() *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use: "demo", Short: "Be shown around, or walk the five steps, on a workspace inside this program", Args: meant.NoArgs, Long: manual.Demo, Example: manual.DemoExample,
		RunE: func(c *cobra.Command, _ []string) error { return a.runDemo(c.Context(), &f) },
	}
	f.register(c)
	return c
}

func (f *demoFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.scenario, "scenario", "", "which situation to meet; --list names them (first-time where there is no menu)")
	flags.StringVar(&f.story, "story", "", "which story to be guided through; --list names them")
	flags.StringVar(&f.script, "script", "", "play the keys in this file, then go on with yours")
	flags.StringVar(&f.serve, "serve", "", "serve the workspace to other programs on this loopback address, for example 127.0.0.1:0")
	stdin.Never(flags, "script", "The keys of a script are played where standard input is the terminal.", "Name the file that holds them.")
	stdin.File(c, &f.rules, "fault", "change answers of the workspace by the rules of this YAML file")
	flags.BoolVar(&f.list, "list", false, "list the stories, and the scenarios by the cause that each shows")
	flags.BoolVar(&f.test, "test", false, "run the whole ladder on the scenario instead of walking it")
	flags.BoolVar(&f.asJSON, "json", false, "with --list or --test, as JSON")
	completesLive(c, "scenario", func() (lines []string) {
		for _, s := range demo.Scenarios() {
			lines = append(lines, s.ID+"\t"+s.Title)
		}
		return lines
	})
	completesLive(c, "story", func() (lines []string) {
		for _, s := range story.All() {
			lines = append(lines, s.ID+"\t"+s.Title)
		}
		return lines
	})
}

// runDemo shows what the flags ask for.
func (a *app) runDemo(ctx context.Context, f *demoFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.list {
		if f.asJSON {
			return a.printJSON(report.OfDemo(demo.Scenarios(), story.All()))
		}
		return a.long(func() error { return demos.List(a.desk()) })
	}
	if a.face() != faceScreen { // a screen is shown first
		demo.Ahead()
	}
	walk, found, err := f.chosen(a)
	if err != nil {
		return err
	}
	switch {
	case f.serve != "":
		return demos.Serve(ctx, outlet.Bare(a.out), found, f.serve)
	case f.test:
		return a.testDemo(ctx, found, f.asJSON)
	case a.face() == faceNone:
		return a.checkDemo(ctx, found)
	}
	return a.played(ctx, f.script, func(ctx context.Context) error {
		if f.scenario+f.story == "" {
			return a.demoMenu(ctx, f.rules)
		}
		return a.perform(ctx, walk, found)
	})
}

// check refuses flags that do not go together.
func (f *demoFlags) check() error {
	const one = "Give one of them."
	switch {
	case f.test && (f.list || f.serve != ""):
		return usage("--test goes with neither --list nor --serve.", one)
	case f.list && f.rules != "":
		return usage("--fault does not go with --list.", one)
	case f.asJSON && !f.list && !f.test:
		return usage("--json needs --list or --test.", "draftt-databricks demo --scenario ready --test --json prints a checklist as JSON.")
	case f.story != "" && f.scenario != "":
		return usage("--story does not go with --scenario: a story has its own.", one)
	case f.script != "" && (f.list || f.test || f.serve != ""):
		return usage("--script goes with neither --list nor --test nor --serve: there is no screen to play on.", one)
	}
	return nil
}

// chosen is the story and the scenario that the command line names.
func (f *demoFlags) chosen(a *app) (walk story.Story, found demo.Scenario, err error) {
	id := cmp.Or(f.scenario, demo.Scenarios()[0].ID)
	if f.story != "" {
		if walk, err = story.Find(f.story); err != nil {
			return walk, found, usage(words.UpperFirst(err.Error())+".", meant.Nearest(f.story, storyIDs())+"draftt-databricks demo --list describes them.")
		}
		id = walk.Scenario
	}
	if found, err = demo.Find(id); err != nil {
		return walk, found, usage(words.UpperFirst(err.Error())+".", "draftt-databricks demo --list describes them.")
	}
	if f.story == "" {
		walk = story.Of(found)
	}
	found.Faults, err = a.withRules(f.rules, found.Faults)
	return walk, found, err
}

func storyIDs() (ids []string) {
	for _, s := range story.All() {
		ids = append(ids, s.ID)
	}
	return ids
}

// withRules puts the rules of a file before what is wrong in a scenario anyway, so that they are what is met.
func (a *app) withRules(path string, faults []relay.Rule) ([]relay.Rule, error) {
	if path == "" {
		return faults, nil
	}
	from, err := a.named(path)
	if err != nil {
		return nil, err
	}
	content, err := flatfile.Load(from, "The file of rules")
	if err != nil {
		return nil, err
	}
	rules, err := relay.Read(content)
	return append(rules, faults...), err
}

// demoMenu has the person choose what to see, until they leave.
func (a *app) demoMenu(ctx context.Context, rules string) error {
	menu := stories.New(a.theme())
	a.behind = demo.Ahead
	for {
		var err error
		if a.face() == facePlain {
			err = menu.Plain(ctx, a.prompt())
		} else {
			err = a.shellOf(ctx, "the menu", menu.Shell(ctx))
		}
		switch {
		case ctx.Err() != nil:
			return &exitError{code: exitLeft, quiet: true}
		case prompt.Ended(err):
			_, _ = fmt.Fprintln(a.out)
			return nil
		}
		walk := menu.Chosen()
		if err != nil || walk == nil {
			return err
		}
		found, err := demo.Find(walk.Scenario)
		if err != nil {
			return fmt.Errorf("the story %s: %w", walk.ID, err)
		}
		if found.Faults, err = a.withRules(rules, found.Faults); err != nil {
			return err
		}
		if err := unlessLeft(ctx, a.perform(ctx, *walk, found)); err != nil {
			return err
		}
	}
}

// perform plays a story, or walks a scenario, on a stage of its own.
func (a *app) perform(ctx context.Context, walk story.Story, found demo.Scenario) error {
	stage, err := story.Raise(ctx, found, walk, a.version)
	if err != nil {
		return err
	}
	defer func() { _ = stage.Strike() }()
	stage.Env.Network = a.watched(stage.Env.Network)
	a.stage = &stage.Env
	defer func() { a.stage, a.opened = nil, nil }()
	if walk.Saved {
		if err := stage.Save(ctx); err != nil {
			return err
		}
		return a.showHome(ctx, stage.Env)
	}
	draft, err := stage.Draft()
	if err != nil {
		return err
	}
	return a.onStage(ctx, stage, func(ctx context.Context) error { return a.wizard(ctx, setup.New(stage.Env, draft)) })
}

// onStage runs something on a stage that is made behind the first screen. What keeps the stage from being made ends both.
func (a *app) onStage(ctx context.Context, stage *story.Stage, run func(context.Context) error) error {
	if a.face() != faceScreen {
		if err := stage.Ready(); err != nil {
			return err
		}
		return run(ctx)
	}
	within, end := context.WithCancelCause(ctx)
	defer end(nil)
	a.behind = func() {
		if err := stage.Ready(); err != nil {
			end(err)
		}
	}
	err := run(within)
	if broken := stage.Ready(); broken != nil && ctx.Err() == nil {
		return broken
	}
	return err
}
