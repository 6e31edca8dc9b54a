// Package compare says what changed between two sets of rows that lie in files: by comparing them in bounded memory, or by folding the change
// feed of a table and applying it to the files of before. Rows are multisets: a row may be there any number of times, and NULL is a key like
// any other. It knows no warehouse and no format of files.
package compare
