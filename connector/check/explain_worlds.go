package check

import "github.com/draftt-io/draftt-databricks/connector/clue"

// concern is what a row of the causes table is about. What a text is about besides Databricks counts against rows of one concern and
// leaves the others alone: a cluster that is named says nothing against a refused token, and everything against a stopped warehouse.
type concern int

const (
	onTheWay     concern = iota // the network, whatever was asked for behind it
	ofSignIn                    // who signs in, and with what
	ofWorkspace                 // what the workspace as a whole answers: throttling, trouble of its own
	ofWarehouses                // SQL warehouses
	ofData                      // what Unity Catalog guards
	ofStorage                   // the account that a table's files are in, which a warehouse reads
	ofProxies                   // a proxy that is not found
	ofPortals                   // a page that wants a sign-in before anything is let through
)

// world is something that uses the same words as the causes table for things of its own, with the concerns that it counts against.
type world struct {
	name    string
	words   *clue.Clue
	against []concern
}

var (
	everyConcern    = []concern{onTheWay, ofSignIn, ofWorkspace, ofWarehouses, ofData, ofStorage, ofProxies, ofPortals}
	notOfWarehouses = []concern{onTheWay, ofSignIn, ofWorkspace, ofData, ofStorage, ofProxies, ofPortals}
	notOnTheWay     = []concern{ofSignIn, ofWorkspace, ofWarehouses, ofData}
	behindTheSignIn = []concern{ofWorkspace, ofWarehouses, ofData}
)

// foreign are services of others. Naming one nearby says that the error is theirs, whatever it is.
var foreign = []world{
	{"PostgreSQL", clue.Says(
		`postgres|\bpsql\b|\bpg_|\bpgx\b|\bpq: |psycopg|prisma|supabase|cockroach|lakebase`,
		`permission denied for (?:table|schema|relation|sequence|database|function|view)\b|\brelation "[^"]{1,200}"`,
		`on relation \w|for relation \w|FATAL: +(?:role|password|the database|no pg_hba)|database instance\b`,
		`row-level security policy`,
	), everyConcern},
	{"other databases", clue.Says(
		`\bmysql|pymysql|mariadb|mongo(?:db|s)?\b|pymongo|\bredis\b|\boracle\b|\bORA-\d|TNS:|sqlserver|SQL Server\b`,
		`Data\.SqlClient|\bmssql|\bsap |teradata|\bduckdb\b|cassandra|clickhouse|\bDB::Exception|firebolt|\btrino\b`,
		`\bpresto\b|dremio|impala|cloudera|\bkyuubi\b|HiveAccessControl|\bsqlite|elasticsearch|opensearch|neo4j|vertica`,
		`greenplum|exasol|\bTCP Provider:`,
	), everyConcern},
	{"other warehouses", clue.Says(
		`snowflake|snowpark|resource monitor|\bwarehouse ['"]?\w{1,60}['"]? (?:is suspended|cannot be resumed)`,
		`no active warehouse selected|operate on warehouse|\bdata warehouse\b|bigquery|redshift|synapse|dedicated sql pool`,
		`\bfabric\b|when it is paused|athena:`,
	), everyConcern},
	{"other clouds", clue.Says(
		`botocore|boto3|amazonaws|\barn:aws|sso token|google\.(?:api_core|auth)|googleapis|gserviceaccount|grpc-js|firestore`,
		`firebase|\bgcloud\b|autorest/|azure\.core\.exceptions|Microsoft\.\w+/\w+/(?:read|write|action)|\bkey vault\b|azcopy`,
		`microsoft graph|Code="|servicebus\.windows|ml_client|online_endpoints|vm scale set`,
		`an error occurred \(\w{1,60}\) when calling`,
	), everyConcern},
	{"storage of one's own", clue.Says(
		`fs\.azure\.account\.key|AuthorizationPermissionMismatch|ListBlobs|tfstate|signature not valid`,
		`ErrorCode:AuthenticationFailed|Amazon ?S3|ADLS Gen2 operation`,
	), everyConcern},
	{"the driver of a storage account", clue.Says(`azurebfs|\bAbfs[A-Z]\w|AADToken: |fs\.azure\.account`), []concern{onTheWay, ofSignIn}},
	{"git", clue.Says(
		`fatal: unable to access|\bgit (?:clone|fetch|pull|push|credential)\b|\bgit (?:provider|integration)\b|GIT_CREDENTIAL`,
		`git@|gitlab|bitbucket|//(?:api\.)?github\.com|\bgh: |TF\d{6}:|\bssh: |\bIP allow list\b`,
	), everyConcern},
	{"package registries", clue.Says(
		`\bnpm (?:err|error|ci|install)|\bpip3? (?:install|is configured)|\bpypi|/simple/|find a version that satisfies`,
		`could not install packages|\bNU\d{4}:|nuget|maven|transfer artifact|(?:^|[^"])registry\.terraform|provider packages`,
		`install provider|proxy\.golang\.org|go: github|docker: error|docker daemon|docker login|response from daemon`,
		`LibreSSL SSL_connect`,
	), everyConcern},
	{"language models", clue.Says(
		`openai|anthropic|litellm|ollama|mistral|hugging ?face|tokenizer|langchain|\bcohere\b|vertex ai|bedrock|aiplatform`,
		`incorrect api key|x-api-key`,
	), everyConcern},
	{"queues and stacks", clue.Says(
		`\bkafka\b|NetworkClient|Consumer clientId|rabbitmq|\bamqp|zookeeper|\bsmtp|\bldap\b|salesforce|\bslack_|hudson\.`,
		`\bwandb|grafana_|kubernetes cluster|\bkubectl\b|\bhelm:|readiness probe|webpack`,
		`resource "pods"`, `\bkubelet\b|liveness probe|unable to connect to the server: |Error from server \(|\bcoredns\b`,
	), everyConcern},
	{"Spark's own insides", clue.Says(
		`job aborted due to stage failure|ExecutorLost|executor \d+|spark\.shuffle|FetchFailed|RPC client disassociated`,
		`lost task \d|in stage \d|execute broadcast|communication channel|notebook's python|OutOfMemory|Chauffeur`,
		`driver (?:is )?(?:down|has stopped)`,
	), []concern{onTheWay, ofSignIn, ofWorkspace, ofWarehouses}},
	{"warehouses of goods", clue.Says(
		`\bWMS\b|\bEWM\b|\bERP\b|stocktak|on schedule|\bplant \d|forklift|shipments?\b|pallets?\b|\bSKU \d`,
	), everyConcern},
	{"this machine's key store", clue.Says(`dbus|secretservice|keyring|zbus|keychain`), everyConcern},
}

// formNames name the form of a detail in an answer of Databricks, which took the form over from Google.
var formNames = clue.Says(`\btype\.googleapis\.com/`)

// Drivers of Databricks leave the sign-in through Entra to Azure's client, whose error then stands below their own lines of the stack.
var (
	driverFrames = clue.Says(`[/\\]databricks[/\\](?:sql|sdk)[/\\][\w/\\]{1,80}\.py\b`)
	leftToAzure  = clue.Says(`azure\.core\.exceptions\.ClientAuthenticationError`)
)

// carriers are what stands in front of many services, a workspace among them: their words are of another world only where nothing of Databricks
// is named.
var carriers = []world{{"a mesh of services", clue.Says(`upstream connect error`), everyConcern}}

// besides are parts of Databricks that the connector does not use, and the work of those who administer it.
var besides = []world{
	{"model serving", clue.Says(
		`serving[- _]?endpoints?|model[- _]?serving|feature serving|served[- _](?:model|entit)|/invocations\b`,
		`scal(?:ed|ing) (?:to|from) zero|foundation model|provisioned (?:throughput|concurrency)|tokens? per minute`,
		`per minute rate limit|\bQPS\b|\bdatabricks-(?:llama|claude|gpt|dbrx|meta|mixtral|gemini|gemma|gte|bge|qwen)`,
		`ai gateway|rate limit\(s\) exceeded for endpoint|REMOTE_FUNCTION|endpoint with name|\bgpu_|model container`,
		`'View' on endpoint|image build`,
	), behindTheSignIn},
	{"vector search", clue.Says(`vector[-_ ]?search|/vector-search|\bindex \S{1,200} is not|online ?tables?\b|feature[- ]?(?:store|table|engineering)`), behindTheSignIn},
	{"sharing with others", clue.Says(`delta[-_ ]sharing|recipient(?:'s)? (?:bearer )?token|activation link`), notOnTheWay},
	{"clusters", clue.Says(
		`\bclusters?\b|all-purpose|\bcompute ["']|job compute|instance pool|init script|\b\d{4}-\d{6}-[a-z0-9]{4,}\b`,
		`spark driver|cluster_id|autostart`,
	), []concern{ofWarehouses}},
	{"compute of notebooks", clue.Says(`virtual cluster`), behindTheSignIn},
	{"jobs, pipelines and apps", clue.Says(`\bpipeline|databricks_pipeline|databricks apps?\b|\bjob \d|app status`), []concern{ofWarehouses}},
	{"tokens that are not credentials", clue.Says(
		`page[ _]token|unexpected token|syntax|(?:input|output|max|prompt)[_ ]tokens?|token limit|tokenize|secret scope`,
		`scope: ?\S{1,80} and key|secret READ|storage credential|service credential|user ?context`,
	), []concern{ofSignIn}},
	{"credentials for files", clue.Says(
		`generate access credential|EXTERNAL_GENERATE_\w{1,40}_DENIED|temporary-(?:table|path|volume|model-version)-credentials`,
	), []concern{ofSignIn}},
	{"administration", clue.Says(
		`cannot (?:create|update|delete|add) (?:group|user|service principal|mws|metastore|workspace)s?(?: \w{1,20}){0,3}:`,
		`databricks_group|databricks_mws`,
	), []concern{ofSignIn}},
}

// topics are words for what a row of that concern is about. Where they stand nearby, what is beside them does not count.
var topics = map[concern]*clue.Clue{
	ofWarehouses: clue.Says(`warehouse|sql[ _-]?endpoint|databricks[ _]sql|\bdbsql\b|/sql/1\.0/|/sql/protocolv1/|session handle|["']health["'] ?:`),
	ofData: clue.Says(
		`unity[- ]catalog|\bcatalogs? ['"\x60]|\bschemas? ['"\x60]|\btables? ['"\x60]|INSUFFICIENT_PERM`,
		`SparkSecurityException|TABLE_OR_VIEW`,
	),
}

// placesToRun are where Databricks' name says what a program ran in, and nothing of what it talked to.
var placesToRun = clue.Says(
	`databricks (?:notebooks?|job|workflows?|runtime|steps?|activity|lakeflow|auto ?loader|app|git folders?|extension)\b`,
	`/databricks/(?:python|spark|driver|jars)`, `DatabricksStep`, `databricks\.koalas`,
	`com\.databricks\.(?:spark\.(?:xml|csv|avro)|backend|logging)`,
	`running on databricks`, `(?:in|on) (?:a |the |my )?databricks\b`)
