package query

import "encoding/binary"

const (
	strictVersion = 0x8001 // the upper half of an answer's first word
	exception     = 3      // the kind of message that reports an error of the protocol

	// beforeArrow is the newest version of the protocol in which results come in columns alone. Batches of Arrow name their own sizes, and
	// the library that reads them reserves what they name.
	beforeArrow = 42244
)

// The numbers of the fields that are looked at, from the driver's own interface description.
const (
	success = 0

	replyStatus = 1 // of every reply
	statusCode  = 1 // 0 and 1 are a success

	sessionVersion = 2 // TOpenSessionResp
	sessionHandle  = 3

	operationHandle = 2 // TExecuteStatementResp
	directResults   = 1281
	directMetadata  = 2
	directResult    = 3

	fetchedRows     = 3 // TFetchResultsResp
	fetchedMetadata = 1281

	rowColumns = 3 // TRowSet
	rowBatches = 1281
	rowLinks   = 1282

	metadataSchema     = 2 // TGetResultSetMetadataResp
	metadataCompressed = 1282
	schemaColumns      = 1
	columnType         = 2
	typeEntries        = 1
	entryPrimitive     = 1
	primitiveType      = 1

	columnValues = 1 // of every kind of TColumn
)

// form is how rows may come.
type form int

// The forms: columns of Thrift, of which a reader of samples takes little memory, batches of Arrow, which columnar examines, and links to files
// of these as well.
const (
	inColumns form = iota
	inBatches
	byLinks
)

// examine looks whether the driver can read an answer: it trusts the lengths and the shape of what it is sent. An answer to the question
// for a session is changed in place where no results in Arrow are to follow. Errors are of kind connector.ErrUnreadable.
func (f form) examine(text []byte) error {
	r := &reader{text: text}
	head := r.number()
	name := r.skip(r.number())
	r.number()
	if r.err != nil || uint32(head)>>16 != strictVersion {
		return malformed("it is not in the protocol of SQL warehouses")
	}
	result := r.value(typeStruct)
	if r.err != nil || head&0xff == exception {
		return r.err
	}
	reply := result.field(success)
	if reply == nil {
		return malformed("it has no result")
	}
	if reply.field(replyStatus, statusCode).len() > 1 {
		return nil // the call failed, and says why
	}
	switch string(name) {
	case "OpenSession":
		if version := reply.field(sessionVersion); version != nil && version.kind == typeI32 && f == inColumns {
			lower(text[version.at:])
		}
		if reply.field(sessionHandle) == nil {
			return malformed("it opens a session without a handle")
		}
	case "ExecuteStatement":
		if reply.field(operationHandle) == nil {
			return malformed("it begins a statement without a handle")
		}
		direct := reply.field(directResults)
		return f.examineRows(direct.field(directResult, fetchedRows), direct.field(directMetadata))
	case "FetchResults":
		return f.examineRows(reply.field(fetchedRows), reply.field(fetchedMetadata))
	case "GetResultSetMetadata":
		return f.examineRows(nil, reply)
	}
	return nil
}

// lower writes the version of the protocol down to one without Arrow.
func lower(version []byte) {
	if binary.BigEndian.Uint32(version) > beforeArrow {
		binary.BigEndian.PutUint32(version, beforeArrow)
	}
}

// examineRows holds rows against their description. Each may be missing.
func (f form) examineRows(rows, metadata *part) error {
	described := metadata.field(metadataSchema, schemaColumns)
	if metadata != nil && described == nil {
		return malformed("nothing says what the columns of the result are")
	}
	if described != nil {
		for i, column := range described.items {
			types := column.field(columnType, typeEntries)
			if types.len() == 0 || len(types.items) == 0 || types.items[0].field(entryPrimitive, primitiveType) == nil {
				return malformed("column %d of the result has no type", i+1)
			}
		}
	}
	if f == inColumns && rows.field(rowBatches).len() > 0 || f != byLinks && rows.field(rowLinks).len() > 0 || metadata.field(metadataCompressed).len() != 0 {
		return malformed("the rows come in a form that was not asked for")
	}
	columns := rows.field(rowColumns)
	if columns == nil || columns.size == 0 {
		return nil
	}
	if described != nil && columns.size != described.size {
		return malformed("the rows have %d columns, and their description has %d", columns.size, described.size)
	}
	first := -1
	for i, column := range columns.items {
		values := valuesOf(column)
		if values == nil {
			return malformed("column %d of the rows has no values", i+1)
		}
		if first < 0 {
			first = values.size
		}
		if values.size != first {
			return malformed("column %d has %d rows, and the first has %d", i+1, values.size, first)
		}
	}
	return nil
}

// valuesOf are the values of a column, of whatever type they are.
func valuesOf(column *part) *part {
	for _, typed := range column.fields {
		if values := typed.field(columnValues); values != nil {
			return values
		}
	}
	return nil
}
