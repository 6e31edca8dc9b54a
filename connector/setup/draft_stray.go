package setup

import (
	"cmp"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// shownText is what the draft keeps of a typed text: all of it but a secret, which is kept apart until it is put where it belongs.
func (d *Draft) shownText(f lint.Field, text string) string {
	stray, found := connector.FindStray(text)
	if !found {
		delete(d.strays, f)
		return text
	}
	d.strays[f] = stray.Secret
	return stray.Rest
}

// Stray is the secret that stands in the place of another answer, zero where none does.
func (d *Draft) Stray(f lint.Field) connector.Secret { return d.strays[f] }

// misplaced is a text that stands in the place of another answer.
type misplaced struct {
	from, to lint.Field
	text     string           // a host or a client ID
	secret   connector.Secret // in its place where it is one
}

// misplaced are those of step 1, in the order of the questions. A place that holds what belongs there is not taken from it.
func (d *Draft) misplaced() (all []misplaced) {
	add := func(from, to lint.Field, text string) { all = append(all, misplaced{from: from, to: to, text: text}) }
	id, idErr := connector.ParseClientID(d.hostText)
	switch stray := d.strays[lint.Host]; {
	case !stray.IsZero():
		all = append(all, misplaced{from: lint.Host, to: lint.Secret, secret: stray})
	case idErr == nil && d.clientID == "" && d.method == connector.OAuth:
		add(lint.Host, lint.ClientID, string(id))
	}
	if stray := d.strays[lint.ClientID]; !stray.IsZero() {
		all = append(all, misplaced{from: lint.ClientID, to: lint.Secret, secret: stray})
	} else if host, is := connector.WorkspaceHost(d.idText); is && d.host.IsZero() {
		add(lint.ClientID, lint.Host, host.Typed())
	} else if host, is := connector.Foreign(d.idText); is && idErr == nil { // the two were swapped, wherever the host is
		add(lint.ClientID, lint.Host, host.Typed())
	}
	if id, is := d.secretGiven.ClientID(); is && d.clientID == "" && d.method == connector.OAuth {
		add(lint.Secret, lint.ClientID, string(id))
	} else if text, is := d.secretGiven.HostText(); is && d.host.IsZero() {
		add(lint.Secret, lint.Host, text)
	}
	return all
}

// placeWords are the places in words.
var placeWords = map[lint.Field]string{lint.Host: "host", lint.ClientID: "client ID", lint.Secret: "secret"}

// Misplaced says what PutRight would do, in a sentence without a key, and is empty where nothing stands in a wrong place.
func (d *Draft) Misplaced() string {
	all := d.misplaced()
	switch {
	case len(all) == 0, len(all) == 1 && all[0].to == lint.ClientID && d.idText != "", len(all) == 1 && all[0].to == lint.Host && d.hostText != "":
		return "" // what is half typed there stays
	case len(all) == 1:
		return "moves it to the " + placeWords[all[0].to]
	case len(all) == 2 && all[0].from == all[1].to && all[0].to == all[1].from:
		return "swaps the " + placeWords[all[0].from] + " and the " + placeWords[all[1].from]
	}
	return "puts each where it belongs"
}

// PutRight puts each text that stands in the place of another answer into its own, a secret with the way to sign in that it is for. exposed
// says that a secret stood where it is shown; cleared is what it took along.
func (d *Draft) PutRight() (exposed bool, cleared []string) {
	all := d.misplaced()
	for _, m := range all {
		cleared = append(cleared, d.clear(m.from)...)
	}
	for _, m := range all {
		var gone []string
		switch m.to {
		case lint.Host:
			_, gone, _ = d.SetHost(m.text, FromYou)
		case lint.ClientID:
			gone, _ = d.SetClientID(m.text, FromYou)
		default:
			exposed = true
			gone = append(d.SetMethod(cmp.Or(m.secret.Shape().Method(), d.method)), d.SetSecret(m.secret)...)
		}
		cleared = append(cleared, gone...)
	}
	return exposed, cleared
}

// clear empties a place whose text goes elsewhere. A host that was read beside a secret stays.
func (d *Draft) clear(f lint.Field) (cleared []string) {
	switch delete(d.strays, f); f {
	case lint.ClientID:
		cleared, _ = d.SetClientID("", FromYou)
	case lint.Secret:
		d.dropSecret()
	default:
		text := ""
		if !d.host.IsZero() {
			text = d.host.Typed()
		}
		_, cleared, _ = d.SetHost(text, FromYou)
	}
	return cleared
}
