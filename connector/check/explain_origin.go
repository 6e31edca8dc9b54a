package check

import (
	"math"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/clue"
)

// owner says what a place in a text is about: Databricks, something else, or nothing that is named.
type owner int

const (
	theirs owner = iota
	nobodys
	ours
)

// near is how many bytes around a place tell what it is about, before the whole text does.
const near = 240

// ourNames are words that only stand where Databricks is spoken of. The number is the application that Azure Databricks is in Entra.
var ourNames = clue.Says(
	`databricks|dbsql|\[microsoft\]\[(?:thriftextension|hardy)\]|\[simba\]|thriftserver|\badb-\d{5,20}\b`,
	`/sql/1\.0/(?:warehouses|endpoints)/|/sql/protocolv1/`,
	`/api/2\.[01]/(?:sql|preview|unity-catalog|token|permissions|clusters|accounts|workspace|jobs|dbfs|fs|repos|secrets|libraries)\b`,
	`error during request to server\b|unity[- ]catalog`,
	`\b2\.[01]/(?:sql|unity-catalog|clusters|workspace|jobs|preview)/`,
	`\b(?:INVALID_PARAMETER_VALUE|INVALID_STATE|BAD_REQUEST)\b[:"' ]|PERMISSION_DENIED: User|\bWorkspaceClient\b`,
	`\bRESOURCE_DOES_NOT_EXIST\b|\b(?:azure-client-secret|azure-msi|oauth-m2m|auth_type)\b|SparkJDBCDriver`,
	`\bworkspace:? \d{9,20}\b|\b(?:warehouse|endpoint)(?:[ _]?id)?\W{1,3}[0-9a-f]{16}\b|serverless warehouse|\bCAN[_ ]USE\b`,
	`\bHiveDriverError\b|\bhive driver: |create directory /local_disk0|NO_SUCH_CATALOG_EXCEPTION|\bUSE[_ ]CATALOG\b`,
	`REDACTED_LOCAL_PART@|\[(?:FAILED_READ_FILE|NETWORK_POLICY_DENIED)\b`,
	`["'](?:failure_reason|azure_error_code|warehouse_type|enable_serverless_compute|cluster_size|num_clusters|auto_stop_mins|spot_instance_policy)["'] ?:`,
	`\bsql warehouse|2ff814a6-3304-4ab8-85cb-cd0e6f879c1d|["']error_code["'] ?: ?["']?\w{2,60}["']?, ?["']message["']`,
)

// speakers are how drivers and SDKs of Databricks begin what they say. Who stands before them has passed it on.
var speakers = clue.Says(
	`\[(?:databricks|simba|microsoft)\]\[(?:databricks\w*|spark\w*|thriftextension|hardy|jdbcdriver)\]`,
	`\bdatabricks: (?:request|execution|driver|system) (?:error|fault)\b`,
	`\bdatabricks\.(?:sql|sdk)\.[\w.]{1,80}: `, `\bcom\.databricks\.(?:client|jdbc)\.[\w.]{1,120}: `,
)

// frames are lines of a Java stack: the way that a message took, after it.
var frames = clue.Says(`\bat [\w$.<>/]{3,200}\((?:[\w$]{1,80}\.(?:java|scala|kt|clj):\d{1,6}|unknown source|native method)\)`)

// strangers are errors of other programs' packages, by how their names begin. Those of the language, of what speaks HTTP and of what a
// warehouse quotes are anybody's. What one says of a SQL warehouse it has been told: nobody else's warehouse runs and stops.
var (
	strangers = clue.Exactly(`\b([a-z]\w{1,40}(?:\.\w{1,60}){0,8})\.[A-Z]\w{0,80}(?:Exception|Error|Refused|Unavailable|TimedOut)\b`)
	anybodys  = []string{
		"java", "javax", "sun", "requests", "urllib3", "urllib", "socket", "ssl", "http", "httpx", "httpcore", "aiohttp", "asyncio", "json",
		"pyspark", "pyodbc", "io.jsonwebtoken", "sqlalchemy", "builtins", "org.apache.spark.sql", "org.apache.hive.service",
	}
)

// mention is a place in a text that says what it is about.
type mention struct {
	at      clue.Place
	who     owner
	host    bool      // rather than a name
	address bool      // of a host, in numbers: it may be that of one that is named as well
	beside  bool      // a part of Databricks, though none that the connector uses
	speaks  bool      // and what follows is its own message
	frame   bool      // of a stack, with which a message ends
	hint    bool      // that counts only where nothing of Databricks is named
	against []concern // of whom it is theirs; the others do not hear it
	topic   concern   // what it is about in Databricks; onTheWay where it says nothing of that
}

// mentions are those of a text: all of a short one; of a long one those at its ends, and those near a place as soon as it is asked for.
type mentions struct {
	page  *clue.Page
	ends  []mention
	cells map[int][]mention
}

// cell is the size in bytes of the pieces of a long text that are looked at together, and of what is looked at on either side of them.
const cell = 2 << 10

func mentionsIn(p *clue.Page) *mentions {
	return &mentions{page: p, ends: allMentions(p), cells: map[int][]mention{}}
}

// around are the mentions near a place.
func (m *mentions) around(p clue.Place) []mention {
	if len(m.page.Text) <= 2*clue.Tried {
		return m.ends
	}
	number := p[0] / cell
	if known, ok := m.cells[number]; ok {
		return known
	}
	from, to := m.page.Letter((number-1)*cell), m.page.Letter((number+2)*cell)
	found := allMentions(clue.PageOf(m.page.Text[from:to]))
	for i := range found {
		found[i].at[0] += from
		found[i].at[1] += from
	}
	m.cells[number] = found
	return found
}

func allMentions(p *clue.Page) []mention {
	found := slices.DeleteFunc(mentionsOf(p, ourNames, mention{who: ours}), covered(mentionsOf(p, placesToRun, mention{})))
	found = append(found, mentionsOf(p, speakers, mention{who: ours, speaks: true})...)
	for _, w := range foreign {
		found = append(found, mentionsOf(p, w.words, mention{who: theirs, against: w.against})...)
	}
	found = slices.DeleteFunc(found, covered(mentionsOf(p, formNames, mention{})))
	if driverFrames.Places(p, 1) != nil {
		found = slices.DeleteFunc(found, covered(mentionsOf(p, leftToAzure, mention{})))
	}
	for _, w := range carriers {
		found = append(found, mentionsOf(p, w.words, mention{who: theirs, hint: true, against: w.against})...)
	}
	for _, w := range besides {
		found = append(found, mentionsOf(p, w.words, mention{who: theirs, beside: true, against: w.against})...)
	}
	named := found // a word for a topic in one of these names is part of the name
	for about, words := range topics {
		found = append(found, slices.DeleteFunc(mentionsOf(p, words, mention{who: nobodys, topic: about}), within(named))...)
	}
	found = append(found, mentionsOf(p, frames, mention{who: nobodys, frame: true})...)
	for _, at := range strangers.Places(p, clue.Unlimited) {
		if name := p.Text[at[2]:at[3]] + "."; !slices.ContainsFunc(anybodys, func(a string) bool { return strings.HasPrefix(name, a+".") }) {
			found = append(found, mention{at: clue.Place{at[0], at[1]}, who: theirs, hint: true, against: notOfWarehouses})
		}
	}
	for _, host := range hostsIn(p, hostNames) {
		host.host, host.hint = false, host.who == theirs
		found = append(found, host)
	}
	return append(found, hostsIn(p, targets)...)
}

func mentionsOf(p *clue.Page, names *clue.Clue, m mention) []mention {
	var found []mention
	for _, at := range names.Places(p, clue.Unlimited) {
		m.at = clue.Place{at[0], at[1]}
		found = append(found, m)
	}
	return found
}

// within tells whether a mention begins in the name of a part of Databricks that the connector does not use.
func within(names []mention) func(mention) bool {
	return func(m mention) bool {
		return slices.ContainsFunc(names, func(n mention) bool { return n.beside && n.at[0] < m.at[0] && m.at[0] < n.at[1] })
	}
}

// covered tells whether a mention lies within a wider one.
func covered(wider []mention) func(mention) bool {
	return func(m mention) bool {
		return slices.ContainsFunc(wider, func(w mention) bool { return w.at[0] <= m.at[0] && m.at[1] <= w.at[1] })
	}
}

// whose says whose a place is that a row goes by.
func (m *mentions) whose(at clue.Place, p pattern) owner {
	if p.whose == ownWords {
		return ours
	}
	found := m.at(at, p.about())
	if p.whose == anyWords && found == nobodys {
		return theirs
	}
	return found
}

// surroundings are what stands near a place, as far as a row of one concern hears it.
type surroundings struct {
	host                 owner // the nearest one's
	foreign, beside, our bool  // named nearby
	inside               bool  // something of ours is named in the place itself, and no address of somebody else
	topic                bool  // what the row is about is named within thrice the distance
	elsewhere            bool  // something of ours is named anywhere
	strange              bool  // something foreign, or an error of another program, is named anywhere
}

// surroundings reads the mentions near a place, and whether there are any elsewhere.
func (m *mentions) surroundings(p clue.Place, about concern) surroundings {
	s := surroundings{host: nobodys}
	for _, found := range m.ends {
		if found.heard(about) {
			s.elsewhere = s.elsewhere || found.who == ours
			s.strange = s.strange || found.who == theirs && !found.beside
		}
	}
	nearest, others, numbers := near+1, false, true
	around := m.around(p)
	from, to := speech(around, p)
	for _, found := range around {
		distance := max(found.at[0]-p[1], p[0]-found.at[1], 0)
		s.topic = s.topic || found.topic == about && about != onTheWay && distance <= 3*near
		if distance > near || found.hint || !found.heard(about) || found.who == theirs && (found.at[1] <= from || found.at[0] >= to) {
			continue
		}
		within := found.at[0] < p[1] && p[0] < found.at[1]
		named := p[0] <= found.at[0] && found.at[1] <= p[1]
		others = others || within && found.host && found.who == theirs
		s.inside = s.inside || named && !found.host && found.who == ours && about != ofWorkspace
		s.our = s.our || found.who == ours
		s.beside = s.beside || found.beside
		s.foreign = s.foreign || found.who == theirs && !found.beside
		closer := distance < nearest || distance == nearest && found.who == ours
		if found.host && (closer && found.address == numbers || numbers && !found.address) {
			s.host, nearest, numbers = found.who, distance, found.address
		}
	}
	s.inside = s.inside && !others // a foreign address may have our name in its path
	return s
}

// contested reports a place that Databricks is named in, or whose words are its own, with something else beside it and no host that decides.
func (m *mentions) contested(at clue.Place, p pattern) bool {
	s := m.surroundings(at, p.about())
	return s.foreign && s.host == nobodys && (p.whose != ownWords || !s.our)
}

// speech is where the message begins and ends that a place stands in, or the whole text where nobody of Databricks speaks.
func speech(around []mention, p clue.Place) (from, to int) {
	from, to = -1, math.MaxInt
	for _, found := range around {
		if found.speaks && found.at[1] <= p[1] && p[0]-found.at[1] <= near {
			from = max(from, found.at[0])
		}
	}
	for _, found := range around {
		if from >= 0 && found.frame && found.at[0] >= p[1] {
			to = min(to, found.at[0])
		}
	}
	return from, to
}

// heard reports whether a row of this concern hears a mention at all.
func (m mention) heard(about concern) bool {
	return m.who != theirs || slices.Contains(m.against, about)
}

// at says what a place is about, for a row of this concern. What is named in it decides first, then what stands beside the row's own topic,
// then the nearest host, then the names around, of which Databricks' counts least, because it is also the name of packages and of the place
// that a program runs in; and where there are none, the whole text.
func (m *mentions) at(p clue.Place, about concern) owner {
	s := m.surroundings(p, about)
	switch {
	case s.inside:
		return ours
	case s.beside && !s.topic:
		return theirs
	case s.host != nobodys:
		return s.host
	case s.foreign:
		return theirs
	case s.our, s.elsewhere:
		return ours
	case s.strange:
		return theirs
	}
	return nobodys
}
