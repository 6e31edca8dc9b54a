package wire

// The single argument of every call, and the result inside every reply.
const (
	ArgsReq       = 1
	ResultSuccess = 0
)

// TStatus.
const (
	StatusCode         = 1
	StatusSQLState     = 3
	StatusErrorCode    = 4
	StatusErrorMessage = 5
	StatusDisplay      = 6
)

// THandleIdentifier, and the handles that wrap one.
const (
	HandleGUID   = 1
	HandleSecret = 2

	SessionHandleSessionID = 1

	OperationHandleOperationID   = 1
	OperationHandleOperationType = 2
	OperationHandleHasResultSet  = 3
)

// TOpenSessionReq and TOpenSessionResp.
const (
	OpenSessionReqClientProtocol    = 1
	OpenSessionReqConfiguration     = 4
	OpenSessionReqClientProtocolI64 = 1282
	OpenSessionReqInitialNamespace  = 1284

	OpenSessionRespStatus                = 1
	OpenSessionRespServerProtocolVersion = 2
	OpenSessionRespSessionHandle         = 3
	OpenSessionRespConfiguration         = 4
	OpenSessionRespInitialNamespace      = 1284
	OpenSessionRespMultipleCatalogs      = 1285

	NamespaceCatalogName = 1
	NamespaceSchemaName  = 2
)

// TCloseSessionReq, and requests whose only field of interest is a handle.
const (
	CloseSessionReqSessionHandle        = 1
	CloseOperationReqOperationHandle    = 1
	CancelOperationReqOperationHandle   = 1
	GetOperationStatusReqHandle         = 1
	GetResultSetMetadataReqHandle       = 1
	FetchResultsReqOperationHandle      = 1
	SimpleRespStatus                    = 1
	ExecuteStatementReqSessionHandle    = 1
	ExecuteStatementReqStatement        = 2
	ExecuteStatementReqConfOverlay      = 3
	ExecuteStatementReqRunAsync         = 4
	ExecuteStatementReqQueryTimeout     = 5
	ExecuteStatementReqGetDirectResults = 1281
	ExecuteStatementReqCanReadArrow     = 1282
	ExecuteStatementReqCanDownload      = 1283
	ExecuteStatementReqArrowNativeTypes = 1286
	ExecuteStatementReqResultRowLimit   = 1287
	ExecuteStatementReqParameters       = 1288
	GetDirectResultsMaxRows             = 1
)

// TSparkArrowTypes: which types the client takes in Arrow's own form.
const (
	ArrowTypesTimestamp = 1
	ArrowTypesDecimal   = 2
	ArrowTypesComplex   = 3
)

// The requests for metadata, which share their numbers: TGetCatalogsReq,
// TGetSchemasReq, TGetTablesReq, TGetColumnsReq and their like.
const (
	MetadataReqSessionHandle    = 1
	MetadataReqCatalogName      = 2
	MetadataReqSchemaName       = 3
	MetadataReqTableName        = 4
	MetadataReqFunctionName     = 4 // of TGetFunctionsReq
	MetadataReqTableTypes       = 5 // of TGetTablesReq
	MetadataReqColumnName       = 5 // of TGetColumnsReq
	MetadataReqGetDirectResults = 1281
	MetadataReqRunAsync         = 1282
)

// TGetInfoReq, TGetInfoResp and the value inside.
const (
	GetInfoReqSessionHandle = 1
	GetInfoReqInfoType      = 2
	GetInfoRespStatus       = 1
	GetInfoRespValue        = 2
	GetInfoValueString      = 1
)

// TSparkParameter and its value.
const (
	ParameterOrdinal      = 1
	ParameterName         = 2
	ParameterType         = 3
	ParameterValue        = 4
	ParameterValueString  = 1
	ParameterValueDouble  = 2
	ParameterValueBoolean = 3
)

// TExecuteStatementResp and TSparkDirectResults.
const (
	ExecuteStatementRespStatus          = 1
	ExecuteStatementRespOperationHandle = 2
	ExecuteStatementRespDirectResults   = 1281

	DirectResultsOperationStatus   = 1
	DirectResultsResultSetMetadata = 2
	DirectResultsResultSet         = 3
	DirectResultsCloseOperation    = 4
)

// TGetOperationStatusResp.
const (
	OperationStatusStatus         = 1
	OperationStatusState          = 2
	OperationStatusSQLState       = 3
	OperationStatusErrorCode      = 4
	OperationStatusErrorMessage   = 5
	OperationStatusStarted        = 7
	OperationStatusCompleted      = 8
	OperationStatusHasResultSet   = 9
	OperationStatusDisplayMessage = 1281
)

// TGetResultSetMetadataResp, TTableSchema and the types inside.
const (
	MetadataStatus             = 1
	MetadataSchema             = 2
	MetadataResultFormat       = 1281
	MetadataLZ4Compressed      = 1282
	MetadataArrowSchema        = 1283
	MetadataIsStagingOperation = 1287

	TableSchemaColumns = 1

	ColumnDescName     = 1
	ColumnDescTypeDesc = 2
	ColumnDescPosition = 3
	ColumnDescComment  = 4

	TypeDescTypes           = 1
	TypeEntryPrimitive      = 1
	PrimitiveType           = 1
	PrimitiveTypeQualifiers = 2
	TypeQualifiers          = 1
	TypeQualifierI32        = 1

	// QualifierPrecision and QualifierScale are the keys a DECIMAL carries.
	QualifierPrecision = "precision"
	QualifierScale     = "scale"
)

// TFetchResultsReq and TFetchResultsResp.
const (
	FetchResultsReqOrientation     = 2
	FetchResultsReqMaxRows         = 3
	FetchResultsReqStartRowOffset  = 1282
	FetchResultsReqIncludeMetadata = 1283

	FetchResultsRespStatus   = 1
	FetchResultsRespMoreRows = 2
	FetchResultsRespResults  = 3
	FetchResultsRespMetadata = 1281
)

// TRowSet and TColumn.
const (
	RowSetStartRowOffset = 1
	RowSetRows           = 2
	RowSetColumns        = 3
	RowSetArrowBatches   = 1281
	RowSetResultLinks    = 1282

	ResultLinkURL            = 1
	ResultLinkExpiry         = 2
	ResultLinkStartRowOffset = 3
	ResultLinkRowCount       = 4
	ResultLinkBytes          = 5

	ArrowBatchBytes    = 1
	ArrowBatchRowCount = 2

	ColumnBool   = 1
	ColumnByte   = 2
	ColumnI16    = 3
	ColumnI32    = 4
	ColumnI64    = 5
	ColumnDouble = 6
	ColumnString = 7
	ColumnBinary = 8

	ColumnValues = 1
	ColumnNulls  = 2
)
