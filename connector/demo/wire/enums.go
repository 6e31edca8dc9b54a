package wire

// TProtocolVersion: the newest version the Go driver speaks. From version 5 on
// clients may take Arrow results; all take columns.
const (
	ProtocolV1 = 42241
	ProtocolV5 = 42245
	ProtocolV8 = 42248
)

// TStatusCode.
const (
	StatusSuccess        = 0
	StatusStillExecuting = 2
	StatusError          = 3
)

// OperationState is a TOperationState.
type OperationState int32

// The states an operation passes through.
const (
	StateInitialized OperationState = 0
	StateRunning     OperationState = 1
	StateFinished    OperationState = 2
	StateCanceled    OperationState = 3
	StateClosed      OperationState = 4
	StateError       OperationState = 5
	StatePending     OperationState = 7
	StateTimedOut    OperationState = 8
)

// OperationType is a TOperationType: what made an operation.
type OperationType int32

// The operation types. What has none of its own is unknown.
const (
	OperationExecuteStatement OperationType = 0
	OperationGetTypeInfo      OperationType = 1
	OperationGetCatalogs      OperationType = 2
	OperationGetSchemas       OperationType = 3
	OperationGetTables        OperationType = 4
	OperationGetTableTypes    OperationType = 5
	OperationGetColumns       OperationType = 6
	OperationGetFunctions     OperationType = 7
	OperationUnknown          OperationType = 8
)

// TGetInfoType, of which these have an answer.
const (
	InfoServerName = 13
	InfoDBMSName   = 17
	InfoDBMSVer    = 18
)

// TSparkRowSetType: how rows are encoded.
const (
	RowSetArrowBased  = 0
	RowSetColumnBased = 1
	RowSetURLBased    = 3
)

// TFetchOrientation: which page is wanted.
const (
	FetchNext  = 0
	FetchPrior = 1
	FetchFirst = 4
)

// TypeID is a TTypeId, the type of a column.
type TypeID int32

// The column types.
const (
	TypeBoolean   TypeID = 0
	TypeTinyint   TypeID = 1
	TypeSmallint  TypeID = 2
	TypeInt       TypeID = 3
	TypeBigint    TypeID = 4
	TypeFloat     TypeID = 5
	TypeDouble    TypeID = 6
	TypeString    TypeID = 7
	TypeTimestamp TypeID = 8
	TypeBinary    TypeID = 9
	TypeArray     TypeID = 10
	TypeMap       TypeID = 11
	TypeStruct    TypeID = 12
	TypeDecimal   TypeID = 15
	TypeDate      TypeID = 17
)
