package setup

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Name is the connection's name.
func (d *Draft) Name() string { return d.name }

// SetName names the connection. The error is a *connector.Error of kind ErrInput.
func (d *Draft) SetName(text string, from Source) error {
	name, err := connector.ParseConnectionName(text)
	if err != nil {
		return err
	}
	d.name, d.sources["name"] = name, from
	return nil
}

// TypeName notes the name as it is being typed, which need not be one yet. KeepNow and saving take it where it is.
func (d *Draft) TypeName(text string) { d.nameText = text }

// takeTypedName takes the name that was typed last, where it can be one.
func (d *Draft) takeTypedName() error {
	if d.nameText == "" || d.nameText == d.name {
		return nil
	}
	return d.SetName(d.nameText, FromYou)
}

// OtherName puts the next number behind a name that is taken.
func OtherName(name string) string {
	var base string
	var number int
	if n, err := fmt.Sscanf(lastWord(name), "%d", &number); n == 1 && err == nil && number > 1 {
		base = name[:len(name)-len(lastWord(name))]
		return fmt.Sprintf("%s%d", base, number+1)
	}
	return name + " 2"
}

func lastWord(text string) string {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == ' ' {
			return text[i+1:]
		}
	}
	return ""
}

// SuggestName is made of what tells one connection from another: the schema.
func SuggestName(d *Draft) string {
	if d.Schema().IsZero() {
		return ""
	}
	return d.Schema().String()
}
