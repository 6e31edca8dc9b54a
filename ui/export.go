package ui

// Cut shortens text that is already clean to width cells, with an ellipsis.
func Cut(text string, width int) string { return cut(text, width) }

// Note is what the last copy or save said, empty before either.
func (s *Snippet) Note() string { return s.note }

// AllowBlanks lets a passphrase have blanks between its words.
func (f *SecretField) AllowBlanks() { f.blanks = true }
