// Package flatfile reads and writes the files that a person writes: keys with a text, a number, true or false, or a list of texts, in YAML.
// JSON is read as well, because it is YAML. Everything else is refused with its line: an answer that was misspelt must not be left out
// silently, and a secret has no place in a file that is kept with others.
package flatfile
