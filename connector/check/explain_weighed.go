package check

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// Words of a row that stand in a text are no finding yet: the clause may deny them, what follows may have settled the matter, and a refusal
// or trouble may be of another subject than the row is about.

// unsaid reports a clause that reports nothing. Several rows may go by a place, and the same is always read there.
func (s signs) unsaid(at clue.Place) bool {
	if _, read := s.denied[at]; !read {
		s.denied[at] = pasted.Unsaid(s.page.Text, at[0], at[1])
	}
	return s.denied[at]
}

// counterSaid reports a place that a row may not go by.
func (s signs) counterSaid(p pattern, at clue.Place) bool {
	if s.unsaid(at) || s.settled(p, at) {
		*s.overruled = true
		return true
	}
	return s.inName(at) || p.another != nil && p.another(s, at)
}

// ownedName is the name of something that a company calls as it likes, such as a table.
var ownedName = clue.Says(`\b(?:catalog|schema|database|table or view|table|view|volume)s? ` + aName)

// inName reports words that are in the name of something, which then says nothing of it.
func (s signs) inName(at clue.Place) bool {
	return slices.ContainsFunc(s.places(ownedName), func(m []int) bool { return m[2] <= at[0] && at[1] <= m[3] })
}

// recovery is what a text says when something is over, and the rows for which it is.
type recovery struct {
	words *clue.Clue
	of    func(pattern) bool
}

var recoveries = []recovery{
	{clue.Says(pasted.WarehouseRuns...), func(p pattern) bool { return p.cause == WarehouseNotRunning || p.restored }},
	{clue.Says(pasted.WarehouseFound...), func(p pattern) bool { return p.restored }},
	{clue.Says(pasted.SignedIn...), func(p pattern) bool { return p.cause == AuthenticationFailed }},
	{clue.Says(`\b200 OK\b`), overOnceAnswered},
	{ // which is also how a page for people comes back
		clue.Says(`(?:->|status(?: code)?:?|HTTP/\d(?:\.\d)?) 200\b`),
		func(p pattern) bool { return overOnceAnswered(p) && !slices.Contains(p.kinds, kindPage) },
	},
}

func overOnceAnswered(p pattern) bool {
	return p.of == ofWorkspace || p.cause == Unreachable && len(p.kinds) > 0 && p.of != ofStorage
}

// notYet stands before the word for a state that is wanted rather than reached.
var notYet = clue.Says(
	`\b(?:not|n't|to|until|expected|expect|want|wanted|waiting|wait|reach\w*|desired|target|goal|requested|must|should|never|before|be)\b`,
)

// settled reports that what follows a place says that the matter is over: on the same line, or on a later one of the text that is not
// somebody else's.
func (s signs) settled(p pattern, at clue.Place) bool {
	for _, r := range recoveries {
		if !r.of(p) {
			continue
		}
		for _, m := range s.places(r.words) {
			over := clue.Place{m[0], m[1]}
			if over[1] > at[1] && !notYet.MatchString(s.page.Text[max(over[0], at[1]):over[1]]) && !s.atOtherTime(over, at) && s.speakerOf(over, p) != theirs &&
				!(p.cause == WarehouseNotRunning && s.ofAnotherRun(over)) {
				return true
			}
		}
	}
	return s.overtaken(p, at)
}

// speakerOf says whose a recovery is: its own line decides where that names somebody, for the next one may be of another program.
func (s signs) speakerOf(over clue.Place, p pattern) owner {
	from, to := s.record.LineOf(over[0])
	who, named := theirs, false
	for _, m := range s.about.around(over) {
		if m.at[0] >= from && m.at[1] <= to && !m.hint && !m.beside && m.who != nobodys && m.heard(p.about()) {
			who, named = max(who, m.who), true
		}
	}
	if named {
		return who
	}
	return s.about.whose(over, p)
}

// brokenOff are what keeps a program from a warehouse whatever that does.
var brokenOff = []kind{kindCut, kindDNS, kindRefused, kindUntrusted, kindSelfSigned, kindWrongName, kindExpired, kindTLS}

// steps are the refusals that reading meets one after the other, by the stage. Who meets one runs statements, and has passed those before.
var steps = []struct {
	stage ID
	words *clue.Clue
}{
	{StageCatalog, clue.Says(lacksIt + `USE[ _]CATALOG\b`)},
	{StageSchema, clue.Says(lacksIt + `USE[ _]SCHEMA\b`)},
	{StageRead, clue.Says(lacksIt + `SELECT\b`)},
}

// overtaken reports that a later line tells of what is only met when the matter is over: the way to the workspace, which a warehouse that
// stops or starts does not break, and a refusal of a statement, which a warehouse that does not run never comes to.
func (s signs) overtaken(p pattern, at clue.Place) bool {
	_, after := s.record.LineOf(at[1])
	if p.cause != WarehouseNotRunning && p.cause != MissingPermissions {
		return false
	}
	passed := p.cause == WarehouseNotRunning
	if passed && slices.ContainsFunc(s.kinds, func(k sign) bool { return k.at[0] > after && slices.Contains(brokenOff, kind(k.value)) }) {
		return true
	}
	for _, step := range steps {
		for _, m := range s.places(step.words) {
			later := clue.Place{m[0], m[1]}
			past := p.cause == WarehouseNotRunning && !s.ofOtherSide(later) || p.cause == MissingPermissions && s.holds(at, later)
			if passed && past && later[0] > after && !s.unsaid(later) {
				return true
			}
		}
		passed = passed || step.stage == p.stage
	}
	return false
}

// holds reports that the object named at one place is the other's or has it within.
func (s signs) holds(outer, inner clue.Place) bool {
	_, whole := s.object(outer)
	_, part := s.object(inner)
	around, within := Name{Value: whole}.parts(), Name{Value: part}.parts()
	return whole != "" && len(around) <= len(within) && slices.EqualFunc(around, within[:len(around)], strings.EqualFold)
}

var successes = clue.Says(pasted.WentWell...)

// succeeded reports that what follows a place, or is told in it, went well. It need not have been the same call, so the cause stands and is less sure.
func (s signs) succeeded(p pattern, at clue.Place) bool {
	return slices.ContainsFunc(s.places(successes), func(m []int) bool {
		over := clue.Place{m[0], m[1]}
		return over[0] >= at[0] && !s.atOtherTime(over, at) && s.speakerOf(over, p) != theirs
	})
}

var otherTime = clue.Says(pasted.OtherTime)

// atOtherTime reports words of success after a place that tell of another time, or of none.
func (s signs) atOtherTime(over, at clue.Place) bool {
	return s.unsaid(over) || otherTime.MatchString(s.page.Text[min(at[1], over[0]):over[1]])
}

// refusedObject is what directly follows a refusal, of a thing that is no warehouse.
var refusedObject = clue.Says(
	`\b(?:denied|refused|forbidden|rejected|blocked|permissions?|privileges?|access|rights?|allowed|authori[sz]ed|permitted|SELECT|` +
		`USE[_ ](?:CATALOG|SCHEMA)|USAGE|MODIFY|EXECUTE) (?:on|to|for|in) (?:the |this |an? )?(?:unity )?` +
		`(?:catalog|schema|database|table|view|volume|function|external location|storage|file|path|metastore)\b`,
)

// ofAFile reports a name that is part of a path on a machine.
func (s signs) ofAFile(at clue.Place) bool { return pasted.InPath(s.page.Text, at[0]) }

// sides are what a service in trouble is named by: what runs statements, and what does not.
var (
	sqlSide   = clue.Says(`/sql/|warehouse|\bthrift|\bclusters?\b|open ?session|execute ?statement|\bsql\.exc\b`)
	otherSide = clue.Says(
		`/oidc/|\bscim\b|/scim/|unity[- ]catalog|/api/2\.\d/(?:preview|accounts|workspace|jobs|clusters|token|permissions)`,
		`serving[- _]?endpoints?|model[- _]serving|/invocations\b|scal(?:ed|ing) (?:to|from) zero`,
	)
)

// What has machines of its own, and runs out of them and of quota: a warehouse, and a cluster that is named, which no warehouse's are.
var (
	elseRuns     = clue.Says(pasted.RunsElse)
	elseNotBegun = clue.Says(pasted.SomethingElse)
	oneWarehouse = clue.Says(`warehouse|/sql/1\.0/|sql[ _-]?endpoint`)
	oneCluster   = clue.Says(
		`\bclusters? (?:id\W{1,3})?["'\x60(]?\d{4}-\d{6}-\w{4,}`, `\bcluster ["'\x60][^"'\x60]{1,100}["'\x60]`, `\bnew_cluster\b`,
		`\bjobs?[- _](?:clusters?|compute)\b`, `#job/|#setting/clusters/|/compute/clusters|/serving-endpoints/|\binstance pools?\b`,
	)
)

// ofEntra is how Microsoft Entra numbers what it refuses. It says more exactly what is wrong than the code of OAuth beside it.
var ofEntra = clue.Says(`\bAADSTS\d{4,7}\b`)

// ofAnotherRun reports a state that its line gives to what is no warehouse.
func (s signs) ofAnotherRun(over clue.Place) bool {
	from, _ := s.record.LineOf(over[0])
	before := clue.Place{from, over[1]}
	its, ours := s.distance(elseRuns, over, before), s.distance(oneWarehouse, over, before)
	return its >= 0 && (ours < 0 || its < ours)
}

// ofWhatRunsOnIt reports that the warehouse of a place is fine, and what has not begun is something else.
func (s signs) ofWhatRunsOnIt(at clue.Place) bool {
	return elseNotBegun.MatchString(s.page.Text[at[0]:at[1]])
}

// ofNoWarehouse reports a refusal of something that is no warehouse.
func (s signs) ofNoWarehouse(at clue.Place) bool {
	return slices.ContainsFunc(s.places(refusedObject), func(object []int) bool { return object[0] < at[1] && at[0] < object[1] })
}

// ofOtherSide reports trouble of a service that runs no statements.
func (s signs) ofOtherSide(at clue.Place) bool {
	other, named := s.nearer(otherSide, sqlSide, at)
	return other || !named && s.page.Text[at[0]:at[1]] == "TEMPORARILY_UNAVAILABLE" // which every service of a workspace answers
}

// comesUpBadly reports a text that tells of a warehouse, in whatever words, what the cloud's words are the reason of.
func (s signs) comesUpBadly() bool {
	return s.places(failsToStart) != nil || s.places(statedStarting) != nil
}

// ofOneCluster reports machines that are missing to what is no warehouse. A line that begins with a warehouse may name a cluster of it.
func (s signs) ofOneCluster(at clue.Place) bool {
	from, _ := s.record.LineOf(at[0])
	before := clue.Place{from, at[1]}
	if s.distance(oneWarehouse, at, before) >= 0 || s.distance(statedStarting, at, before) >= 0 {
		return false
	}
	other, _ := s.nearer(oneCluster, oneWarehouse, at)
	return other
}

// nearer tells of which of two subjects a place is, and whether one is named at all: its own line decides before those around it, and on
// either what stands before it, because most messages begin with whom they are about.
func (s signs) nearer(other, own *clue.Clue, at clue.Place) (is, named bool) {
	from, to := s.record.LineOf(at[0])
	for _, reach := range []clue.Place{{from, at[1]}, {from, to}, {at[0] - 2*near, at[1]}, {at[0], at[1] + 2*near}} {
		its, ours := s.distance(other, at, reach), s.distance(own, at, reach)
		if its >= 0 || ours >= 0 {
			return its >= 0 && (ours < 0 || its < ours), true
		}
	}
	return false, false
}

// numberedByEntra reports a refusal that has a number of Microsoft Entra beside it.
func (s signs) numberedByEntra(at clue.Place) bool {
	return s.distance(ofEntra, at, clue.Place{0, len(s.page.Text)}) >= 0
}

// distance is how far the nearest of some words within some bytes is from a place, or -1 where none is near.
func (s signs) distance(words *clue.Clue, at, reach clue.Place) int {
	best := -1
	for _, m := range s.all(words) {
		d := max(m[0]-at[1], at[0]-m[1], 0)
		if reach[0] <= m[0] && m[1] <= reach[1] && d <= 2*near && (best < 0 || d < best) {
			best = d
		}
	}
	return best
}
