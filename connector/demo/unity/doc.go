// Package unity has the words of Unity Catalog: the kinds of object that privileges are granted on, each once and with its routes, its words in
// SQL and its privileges, their names, and the columns of tables with their types. It knows rows and names alone; the model has the objects,
// and who may do what with them.
package unity
