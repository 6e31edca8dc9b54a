package check

import (
	"regexp"
	"slices"
	"strings"
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

// beforeProxy is how many bytes before a host tell that it is a proxy.
const beforeProxy = 40

var (
	// ourNames are words that only stand where Databricks is spoken of. The number is the application that Azure Databricks is in Entra.
	ourNames = says(`databricks|dbsql|\badb-\d{5,20}\b|/sql/1\.0/(?:warehouses|endpoints)/|/sql/protocolv1/|/api/2\.[01]/(?:sql|preview|unity-catalog|token|permissions|clusters|accounts)|unity[- ]catalog|SparkJDBCDriver|\bsql warehouse|2ff814a6-3304-4ab8-85cb-cd0e6f879c1d|["']error_code["'] ?: ?["']?\w{2,60}["']?, ?["']message["']`)
	// strangers are other services whose errors use the same words.
	strangers = says(`postgres|\bpsql\b|\bpg_|psycopg|mysql|mariadb|mongo(?:db|s)?\b|\bredis\b|snowflake|bigquery|redshift|\boracle\b|\bORA-\d|sqlserver|botocore|boto3|amazonaws|\barn:aws|fatal: unable to access|\bgit (?:clone|fetch|pull|push)\b|git@|\bnpm (?:err|error)|\bpip3? install|\bpypi|/simple/|find a version that satisfies|docker: error|docker daemon|\bssh: |elasticsearch|gitlab|salesforce|openai|huggingface|tokenizer|google\.api_core|\bsmtp|\bldap\b|\btrino\b|\bpresto\b|clickhouse|teradata|\bduckdb\b|cassandra|\bkubectl\b|\bhelm:`)
	// targets are how programs name the host that they talk to. The groups are the host and, where it is given, the port.
	targets = []*clue{
		says(`https?://([\w.-]{1,253})(?::(\d{1,5}))?`),
		says(`\blookup ([\w.-]{1,253})`),
		says(`resolve (?:host|proxy):? ['"]?([\w.-]{1,253})`),
		says(`failed to resolve '([\w.-]{1,253})'`),
		says(`(?:ENOTFOUND|EAI_AGAIN) ([\w.-]{1,253})`),
		says(`UnknownHostException: ([\w.-]{1,253})`),
		says(`\bhost='([\w.-]{1,253})'`),
		says(`connect(?:ing|ion)? to (?:server at )?["']?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|localhost)["']?(?:,? port |:)?(\d{1,5})?`),
		says(`(?:dial tcp|ECONNREFUSED|ETIMEDOUT|read tcp [\w.:\[\]-]{1,60}->)\s?\[?([\w.:-]{1,253}?)\]?:(\d{1,5})\b`),
	}
	// references are hosts that messages point to for reading, that take part in every sign-in, or that keep a workspace's data.
	references = says(`^(?:docs?|learn|help|kb|support|www|schemas?|type|login|aka|go|pkg|stackoverflow|community)\.|readthedocs|^github\.com$|^curl\.se$|^curl\.haxx\.se$|^aka\.ms$|^sqlalche\.me$|^go\.dev$|\.w3\.org$|\.(?:blob|dfs)\.core\.windows\.net$`)
	ourHosts   = says(`(?:^|\.)(?:azuredatabricks\.net|databricks\.com|databricks\.us|databricks\.azure\.(?:us|cn)|azuredatabricks\.us)\.?$|^adb-\d+`)
	ipAddress  = regexp.MustCompile(`^[\d.:]+$`)
)

// webPorts are those of workspaces and of proxies on the way to them. Another port is another service's.
var webPorts = []string{"", "0", "80", "443", "3128", "8080", "8443", "8888", "9400", "9480"}

// mention is a place in a text that says what it is about.
type mention struct {
	at   place
	who  owner
	host bool // rather than a name
}

// mentions are all of them, in no order.
type mentions []mention

func mentionsIn(p page) mentions {
	var found mentions
	for who, names := range map[owner]*clue{ours: ourNames, theirs: strangers} {
		for _, at := range names.places(p, -1) {
			found = append(found, mention{at: place{at[0], at[1]}, who: who})
		}
	}
	for _, target := range targets {
		for _, m := range target.places(p, -1) {
			host, port := strings.ToLower(p.text[m[2]:m[3]]), ""
			if len(m) > 4 && m[4] >= 0 {
				port = p.text[m[4]:m[5]]
			}
			who := ownerOf(strings.Trim(host, ".-"), port)
			if who == theirs && strings.Contains(strings.ToLower(p.text[max(0, m[0]-beforeProxy):m[0]]), "proxy") {
				continue // a proxy on the way is no other service
			}
			if who != nobodys {
				found = append(found, mention{place{m[2], m[3]}, who, true})
			}
		}
	}
	return found
}

func ownerOf(host, port string) owner {
	switch {
	case ourHosts.MatchString(host):
		return ours
	case !slices.Contains(webPorts, port):
		return theirs
	case references.MatchString(host), ipAddress.MatchString(host), host == "localhost", !strings.Contains(host, "."):
		return nobodys
	}
	return theirs
}

// judge picks the first place that counts for words of this sort, and says whose it is; theirs when none does.
func (m mentions) judge(places []place, w voice) (place, owner) {
	best, who := place{}, theirs
	for _, at := range places {
		found := m.at(at)
		if w == ownWords {
			found = ours
		}
		if w == anyWords && found == nobodys {
			found = theirs
		}
		if found > who {
			best, who = at, found
		}
	}
	return best, who
}

// at says what a place is about. The nearest host around it decides; where there is none, the names around it, of which Databricks'
// counts least, because it is also the name of packages and of the place that a program runs in; and where there are none, the whole text.
func (m mentions) at(p place) owner {
	host, nearest := nobodys, near+1
	around, anywhere := map[owner]bool{}, map[owner]bool{}
	for _, found := range m {
		anywhere[found.who] = true
		distance := max(found.at[0]-p[1], p[0]-found.at[1], 0)
		if distance > near {
			continue
		}
		around[found.who] = true
		if found.host && (distance < nearest || distance == nearest && found.who == ours) {
			host, nearest = found.who, distance
		}
	}
	switch {
	case host != nobodys:
		return host
	case around[theirs]:
		return theirs
	case around[ours], anywhere[ours]:
		return ours
	case anywhere[theirs]:
		return theirs
	}
	return nobodys
}
