// Package manual is the long texts of help: what commands say of themselves.
package manual

// Demo is of the demo.
const Demo = "Be shown around on a workspace that runs inside this program and speaks the real protocols. In a terminal it opens a\n" +
	"menu of guided stories and of every scenario; --story and --scenario begin one at once.\n" +
	"It needs no network and no credentials, never leaves this machine, and cannot touch saved connections.\n" +
	"Without a terminal it prints the scenario's checklist. With --test it does so anywhere, and ends with the\n" +
	"exit code that test would end with on a saved connection.\n\n" +
	"--script plays keys from a file, for recordings: a line is the name of a key, type TEXT, pause 500ms,\n" +
	"see \"TEXT\" to wait until the screen shows a text, or gone \"TEXT\" until it no longer does.\n\n" +
	"--fault plays single answers that were recorded, or that are wrong in another way, by the rules of a YAML file;\n" +
	"docs/relay.md has its keys. Whatever then runs on the workspace, in this program or in another, meets them."

// DemoExample is how the demo is called.
const DemoExample = "  draftt-databricks demo --story missing-grants\n" +
	"  draftt-databricks demo --scenario no-can-use\n" +
	"  draftt-databricks demo --story happy-path --script walk.script\n" +
	"  draftt-databricks demo --test --fault rules.yaml\n" +
	"  draftt-databricks demo --serve 127.0.0.1:0 --fault rules.yaml\n\n" +
	"  # rules.yaml: a gateway answers in place of the catalog\n" +
	"  rules:\n" +
	"    - stage: S13\n" +
	"      page: <html><title>Access denied by policy</title></html>\n" +
	"      status: 403"

// Explain is of explain.
const Explain = "Name the cause of an error from its text: a message, a JSON body, a stack trace, a log.\n" +
	"The text is the arguments or, without any and for -, standard input, in UTF-8 or UTF-16. Of a long log, the\n" +
	"first and the last half MiB are looked at.\n" +
	"It stays on this machine: nothing is asked of anybody, and no saved connection is opened.\n\n" +
	"A text that is not known is said to be unknown, and the exit code is 0 as well: the text was read\n" +
	"and judged. A script looks at \"cause\" in --json, which is one of the five documented names or unknown."

// ExplainExample is how explain is called.
const ExplainExample = "  draftt-databricks explain \"x509: certificate signed by unknown authority\"\n" +
	"  draftt-databricks explain --json <error.log"

// Sync is of sync.
const Sync = "Read the chosen tables of a saved connection into files, as the connector and with SELECT and DESCRIBE alone. Nothing else is read,\n" +
	"and nothing is written in Databricks.\n\n" +
	"Each run is a folder with a manifest, and “latest” leads to the newest whole one. A table with versions is read at one of them. Where\n" +
	"its change feed is on only the changes are read; else it is read whole and compared with the last run. A run that was stopped goes on\n" +
	"where it stopped. Rows are data: the files are for their owner alone, and nothing of them is printed."

// Join is of sync join.
const Join = "Close a sync that several processes read with --shard: hold what all of them read against the plan, compare it with the last run,\n" +
	"and have “latest” lead to it. The workspace is not asked. Where something is left to read it says which shard has it, and changes\n" +
	"nothing. A connection that is called join is read with sync -- join."

// Schedule is of schedule.
const Schedule = "Print the definition of a schedule that syncs a saved connection again and again. Nothing is installed or started, and no\n" +
	"workspace is asked.\n\n" +
	"A try may take 6 hours, and three more follow where one fails. Where systemd, cron, launchd or Windows start it, --at is the time of\n" +
	"that machine; " +
	"Kubernetes and Databricks take it as UTC. Nobody can be asked then, so a key file must open the saved connections: name it with\n" +
	"--key-file. docs/sync.md says how each definition is installed."
