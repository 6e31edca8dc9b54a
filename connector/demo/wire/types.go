package wire

// Type is the type byte in front of every field and list.
type Type byte

// The types of the Thrift binary protocol.
const (
	Stop   Type = 0
	Bool   Type = 2
	Byte   Type = 3
	Double Type = 4
	I16    Type = 6
	I32    Type = 8
	I64    Type = 10
	String Type = 11
	Struct Type = 12
	Map    Type = 13
	Set    Type = 14
	List   Type = 15
)

// minSize is the fewest bytes a value of each type takes. A container's
// claimed length is checked against it, so that a short message cannot make
// the reader reserve much memory. A type that is missing here is unknown.
var minSize = map[Type]int{
	Bool: 1, Byte: 1, Double: 8, I16: 2, I32: 4, I64: 8,
	String: 4, Struct: 1, Map: 6, Set: 5, List: 5,
}

// MessageType tells calls from replies.
type MessageType byte

// The message types of the Thrift binary protocol.
const (
	Call      MessageType = 1
	Reply     MessageType = 2
	Exception MessageType = 3
	Oneway    MessageType = 4
)

// Message is the envelope around every call and reply.
type Message struct {
	Name string      // the method, such as "OpenSession"
	Type MessageType // call, reply or exception
	Seq  int32       // chosen by the client, returned in the reply
}

// versionOne is the upper half of a strict message's first word.
const versionOne = 0x8001_0000

// The types of a TApplicationException.
const (
	ExceptionUnknownMethod = 1
	ExceptionProtocolError = 7
)

// The fields of a TApplicationException.
const (
	ExceptionMessage = 1
	ExceptionType    = 2
)
