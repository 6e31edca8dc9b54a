package setup

import "fmt"

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
