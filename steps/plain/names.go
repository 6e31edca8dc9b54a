package plain

import (
	"context"
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// listing is a listing that a person chooses a name from.
type listing[T connector.Useful] struct {
	in       setup.Contents
	where    string // what holds them, for an empty list; empty for catalogs
	field    lint.Field
	pages    setup.Pager[T]
	look     func(context.Context) setup.HolderLook // asks why the list may be empty; nil where nothing holds them
	describe func(T) (name connector.Remote, about string)
	opens    string // what follows a name that is typed, since the list does not show it
	more     []prompt.Shortcut
}

// chosen is what a person chose: a name and where it comes from, or the letter of a shortcut.
type chosen struct {
	id     connector.Ident
	from   setup.Source
	letter string
}

// chooseName lets a person choose from a listing or type a name that it does not show. Going back from typing leads to the list again.
func chooseName[T connector.Useful](ctx context.Context, p conversation, n listing[T]) (chosen, error) {
	items, err := prompt.Patiently(ctx, p.Asker, "listing the "+n.in.Noun+"s", func(ctx context.Context) ([]T, error) { return workspace.Every(ctx, n.pages) })
	switch {
	case prompt.GoesAway(err):
		return chosen{}, err
	case err != nil || len(items) == 0:
		if err := sayNothingListed(ctx, p, n, err); err != nil {
			return chosen{}, err
		}
		return typeName(p, n)
	}
	connector.UsableFirst(items)
	options := make([]string, len(items))
	for i, item := range items {
		name, about := n.describe(item)
		options[i] = name.String() + ", " + strings.TrimPrefix(about, ", ")
	}
	if only := setup.BrowsedOnly(n.in.Noun, connector.AskableAlone(items)); only != "" {
		p.Say("%s", only)
	}
	typing := prompt.Shortcut{Letter: "t", Does: "to type a name that is not listed"}
	for {
		i, letter, err := p.ChooseOr(words.Count(len(items), n.in.Noun)+".", options, -1, append([]prompt.Shortcut{typing}, n.more...)...)
		switch {
		case err != nil:
			return chosen{}, err
		case letter == "":
			name, _ := n.describe(items[i])
			id, err := connector.RemoteIdent(name)
			return chosen{id: id, from: setup.FromList}, err
		case letter != typing.Letter:
			return chosen{letter: letter}, nil
		}
		if typed, err := typeName(p, n); !errors.Is(err, prompt.ErrBack) {
			return typed, err
		}
	}
}

// sayNothingListed says why there is nothing to choose from, unless the person goes away meanwhile.
func sayNothingListed[T connector.Useful](ctx context.Context, p conversation, n listing[T], err error) error {
	refused := err != nil && check.Explain(err).Cause == check.MissingPermissions
	if err != nil && !refused {
		p.Say("The %ss could not be listed: %s", n.in.Noun, check.Explain(err).Reason)
		return nil
	}
	var look *setup.HolderLook
	if n.look != nil && !refused {
		found, err := prompt.Patiently(ctx, p.Asker, "looking why", func(ctx context.Context) (setup.HolderLook, error) { return n.look(ctx), nil })
		if err != nil {
			return err
		}
		look = &found
	}
	why := n.in.Explain(n.where, look, refused)
	p.Say("%s. %s", why.What, why.Why)
	p.Say("Next: type the name of the %s; %s. Or go back.", n.in.Noun, n.opens)
	return nil
}

func typeName[T connector.Useful](p conversation, n listing[T]) (chosen, error) {
	var id connector.Ident
	err := p.until(words.UpperFirst(n.in.Noun)+" name", "", func(text, _ string) (err error) {
		if id, err = connector.ParseIdent(text); err == nil && n.field != "" {
			p.hint(n.field, text)
		}
		return err
	})
	return chosen{id: id, from: setup.FromYou}, err
}
