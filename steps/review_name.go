package steps

import "fmt"

// takeName takes what was typed into the draft once the field is left, where it can be a name.
func (r *review) takeName() {
	d := r.setup.draft
	if r.name.Value() == d.Name() {
		return
	}
	if err := d.SetName(r.name.Value(), FromYou); err == nil {
		r.filled = d.Name()
	}
}

// otherName puts the next number behind a name that is taken.
func otherName(name string) string {
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
