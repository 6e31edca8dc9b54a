package partners

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

func (d group) show() *cobra.Command {
	var f choiceFlags
	c := &cobra.Command{
		Use: "show [PARTNER]", Short: "What the document gives a partner, in Unity Catalog and in hive_metastore", Args: atMostOne,
		Long: "What the document of Databricks gives a partner, and what it leaves open. Without a name it lists all partners, Draftt among\n" +
			"them. It signs in nowhere: with --catalog and the rest selected, --as writes the set out for somebody to carry out.",
		ValidArgsFunction: names,
	}
	d.choose(c, &f)
	c.RunE = func(_ *cobra.Command, args []string) error {
		if err := f.wanted(); err != nil {
			return err
		}
		if len(args) == 0 && f.file == "" {
			return d.showAll(f)
		}
		p, err := d.set(&f, args)
		if err != nil {
			return err
		}
		return d.showOne(p, f)
	}
	return c
}

// names are the names of partners, for completion.
func names(*cobra.Command, []string, string) (all []string, _ cobra.ShellCompDirective) {
	for _, p := range partner.All() {
		if p.Set != nil {
			all = append(all, p.Name)
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

func (d group) showAll(f choiceFlags) error {
	if f.as != "" {
		return refused("No partner is named.", "Name one, or give --set FILE.")
	}
	if f.asJSON {
		return d.JSON(ofCatalogue())
	}
	source, dated := partner.Document()
	d.say("Partners of “%s”, as of %s", source, dated)
	var sections []partner.Section
	var others []string
	for _, p := range partner.All() {
		switch {
		case p.Set == nil:
			others = append(others, p.Name)
		case len(sections) == 0 || sections[len(sections)-1].Title != "It "+p.Set.Name:
			sections = append(sections, partner.Section{Title: "It " + p.Set.Name, Lines: []string{p.Name}})
		default:
			last := &sections[len(sections)-1]
			last.Lines[0] += ", " + p.Name
		}
	}
	d.sections(append(sections, partner.Section{Title: "Known by name, without a set in the document", Lines: []string{strings.Join(others, ", ")}}))
	return nil
}

func (d group) showOne(p partner.Partner, f choiceFlags) error {
	chosen, err := f.selected()
	if err != nil {
		return err
	}
	selects := !chosen.Catalog.IsZero() || chosen.Warehouse != "" || f.as != ""
	var needs []partner.Need
	if selects {
		if needs, err = p.Set.Needs(chosen); err != nil {
			return err //nolint:wrapcheck // it says what to do
		}
	}
	if f.as != "" {
		return d.render(f.as, needs, f.target(p), f)
	}
	if f.asJSON {
		return d.JSON(ofSet(p, needs))
	}
	d.say("%s: it %s", p.Name, p.Set.Name)
	d.say("From: %s", p.Set.From)
	d.sections(p.Set.Sections())
	var lines []string
	for _, n := range needs {
		lines = append(lines, n.Title())
	}
	d.List("On what is selected", lines)
	if !p.Set.Ours && f.file == "" {
		d.List("At the partner", p.People())
	}
	if ours, err := partner.Find("Draftt"); err == nil && !p.Set.Ours {
		var beside []string
		for _, r := range ours.Set.Rules {
			beside = append(beside, r.Title())
		}
		d.List("What Draftt is given, beside it", beside)
	}
	return nil
}

// target is the service principal that is named, or one that is still to be made. Its SCIM id is known to the workspace alone.
func (f *choiceFlags) target(p partner.Partner) admin.Target {
	t := admin.Target{DisplayName: p.User()}
	if id, err := connector.ParseClientID(f.principal); err == nil {
		t.ApplicationID, t.ID = id, "SCIM_ID"
	} else if f.principal != "" {
		t.DisplayName = f.principal
	}
	return t
}
