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

// misplaced are the fields that may hold a secret by mistake, in the order of the questions.
var misplaced = []lint.Field{lint.Host, lint.ClientID}

// Misplaced says what PutRight would do, in a sentence without a key, and is empty where nothing stands in a wrong place.
func (d *Draft) Misplaced() string {
	_, swapped := d.secretGiven.ClientID()
	for _, f := range misplaced {
		switch {
		case d.strays[f].IsZero():
		case f == lint.ClientID && swapped:
			return "swaps the client ID and the secret"
		default:
			return "moves it to the secret"
		}
	}
	if swapped && d.method == connector.OAuth && d.clientID == "" && d.idText == "" {
		return "moves it to the client ID"
	}
	return ""
}

// PutRight puts a secret that stands in another place into its own, with the way to sign in that it is for, and a client ID that stands in
// the place of the secret into its own. It returns which texts changed their place, and what that cleared.
func (d *Draft) PutRight() (moved []lint.Field, cleared []string) {
	id, swapped := d.secretGiven.ClientID()
	for _, f := range misplaced {
		stray := d.strays[f]
		if stray.IsZero() {
			continue
		}
		moved = append(moved, f)
		cleared = append(cleared, d.clear(f)...)
		cleared = append(cleared, d.SetMethod(cmp.Or(stray.Shape().Method(), d.method))...)
		cleared = append(cleared, d.SetSecret(stray)...)
	}
	if swapped && d.method == connector.OAuth && d.clientID == "" {
		gone, _ := d.SetClientID(string(id), FromYou)
		if cleared = append(cleared, gone...); len(moved) == 0 {
			d.dropSecret()
		}
		moved = append(moved, lint.ClientID)
	}
	return moved, cleared
}

// clear empties an answer that held a secret. A host that was read beside the secret stays.
func (d *Draft) clear(f lint.Field) (cleared []string) {
	if delete(d.strays, f); f == lint.ClientID {
		cleared, _ = d.SetClientID("", FromYou)
		return cleared
	}
	text := ""
	if !d.host.IsZero() {
		text = d.host.Typed()
	}
	_, cleared, _ = d.SetHost(text, FromYou)
	return cleared
}
