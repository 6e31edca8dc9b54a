package objects

// Noun is a kind of object as statements name it.
type Noun struct {
	Words string // after ON, one or more in upper case, such as "EXTERNAL LOCATION"
	Type  string // what SHOW GRANTS calls such an object, such as "EXTERNAL_LOCATION"
	Parts int    // how many parts its full name has, 1 to 3; 0 of the metastore, which has no name here

	// What lists objects of the kind; each may be empty. Those of the tables,
	// schemas and catalogs are the engine's own.
	Show        Listing // a SHOW statement, such as that of VOLUMES
	Information Listing // a view of the information schema
	Grants      Listing // the view of the privileges on them
}

// Listing is a list of objects: its name, and its columns as "name type" by
// commas. A column whose name ends in _catalog, _schema, _name or _owner has
// that of the object, comment its comment, and every other the detail of that
// name.
type Listing struct{ Name, Columns string }
