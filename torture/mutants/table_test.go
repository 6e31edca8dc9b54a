package mutants

// mutant is a small change that breaks a promise. Some test of the package must fail with it, so that nobody can make it unnoticed.
type mutant struct {
	breaks string // what would no longer be true
	file   string
	old    string // stands in the file exactly once
	new    string
	pkg    string // whose tests must notice
	run    string // those of them that are quick; empty: all
}

const (
	engine    = "./connector/setup"
	workspace = "./connector/workspace"
	screens   = "./steps"
	inLines   = "./steps/plain"
)

// table has them by the promise that they break.
var table = []mutant{
	// A secret in a wrong place is repeated nowhere, and a near miss of a domain is offered to nobody.
	{"a text is told with its secret", "redact/redact.go", `	if len(spans) == 0 {
		return text
	}
	return masked(read, spans)`, `	_ = masked(read, spans)
	return text`, "./redact", "ByItsForm"},
	{"a field draws the secret that it holds", "ui/field.go", `	case redact.Holds(f.input.Value()): // nobody`, `	case false: // nobody`, "./ui", "NoWidget"},
	{"a draft keeps the secret of another field as text", "connector/setup/draft_stray.go", `return stray.Rest`, `return text`, engine, "ADraftKeepsNoSecret"},
	{"a typing mistake is offered to be allowed", "connector/host_near.go", `meant != "" {`, `meant == "-" {`, "./torture", "ReadByTheParsers"},
	{"a path that no shell expanded is a folder", "connector/vault/dir.go", `if filepath.IsAbs(dir) {`, `if true {`, "./connector/vault", "NotAbsolute"},

	// A secret goes nowhere that was not confirmed.
	{"the form takes a foreign host that was typed once", "steps/connect_form.go", `d.ConfirmHost(c.again.Value())`, `d.ConfirmHost(d.HostText())`, screens, "TypedOnce"},
	{"the form does not look at the second typing", "steps/connect_form.go", `cleared, err := d.ConfirmHost(c.again.Value())`, `cleared, err := []string(nil), error(nil)`, screens, "TypedOnce"},
	{"the form has no field for the second typing", "steps/connect.go", `againField:  func() bool { return c.asking && !d.Foreign().IsZero() },`, `againField:  func() bool { return false },`, screens, "TypedOnce"},
	{"line by line, a foreign host is taken that was typed once", "steps/plain/connect.go", `d.ConfirmHost(text)`, `d.ConfirmHost(d.HostText())`, inLines, "TypedTwice"},
	{"line by line, nobody asks for the second typing", "steps/plain/connect.go", `if d.Foreign().IsZero() {`, `if true {`, inLines, "TypedTwice"},
	{"a secret is sent to a host that is to be confirmed", "connector/setup/attempt.go", `if s.draft.MustConfirm() {`, `if false {`, engine, "TypedOnce"},
	{"any host confirms a foreign one", "connector/setup/draft_trust.go", `if err != nil || !typed.Same(first) {`, `if err != nil || typed.IsZero() {`, engine, "TypedOnce"},
	{"what is asked for does not confirm it", "connector/setup/draft_trust.go", `!typed.Same(first)`, `typed != first`, engine, "ConfirmsTheHost"},
	{"a step is complete with a host that is to be confirmed", "connector/setup/draft_check.go", `if d.MustConfirm() {`, `if false {`, engine, "TypedOnce"},
	{"a saved secret goes to another host", "connector/setup/draft_connect.go", `if !d.secretOf.IsZero() && !d.secretOf.Same(d.host) {`, `if false {`, engine, "NoOtherHost"},
	{"a saved secret is trusted to another host", "connector/setup/kept.go", `d.host.String() != c.Host.String() || `, ``, engine, "SameSignIn"},
	{"a saved secret is trusted to another client", "connector/setup/kept.go", ` || d.clientID != c.Credentials.ClientID`, ``, engine, "SameSignIn"},
	{"an admin session outlives its host", "connector/setup/admin.go", `if s.admin != nil && !s.admin.Host().Same(s.draft.Host()) {`, `if false {`, engine, "AdminSession"},

	// A server that repeats a secret tells nobody.
	{"a secret with % or + is told that was not escaped", "connector/workspace/echo.go", `secrets = append(secrets, unescaped(secret, often)...)`, `secrets = append(secrets, secret)`, workspace, "Muffled"},
	{"a token is told that was unescaped", "connector/workspace/echo.go", `secrets := unescaped(value, often)`, `secrets := []string{value}`, workspace, "Muffled"},
	{"a secret in base64 is told", "connector/workspace/echo.go", `forms = append(forms, digits[from:to])`, `_ = digits[from:to]`, workspace, "Muffled"},
	{"a secret that was escaped twice is told", "connector/workspace/spelling.go", `range twice(r) {`, `range escapes(r) {`, workspace, "Muffled"},
	{"a token in the status line is told", "connector/workspace/echo.go", `resp.Status = hide.in(resp.Status)`, ``, workspace, "RepeatsTheToken"},
	{"a token in a refusal to wait is told", "connector/workspace/retry.go", `if muffle(resp, r.Header.Get("Authorization")) != nil {`, `if false {`, workspace, "RepeatsTheToken"},
	{"a token in an answer that is none is told", "connector/workspace/retry.go", `err = muffledError(err, r.Header.Get("Authorization"))`, ``, workspace, "RepeatsTheToken"},
	{"the terminal library traces what is pasted", "cmd/main.go", `"TEA_TRACE", `, ``, "./cmd", "LibraryTraces"},

	// Nothing that costs money starts unasked.
	{"a stopped warehouse is started unasked", "connector/setup/warehouse_words.go", `return Consent{Question: consent(w), Starts: true, Costs: true}`, `return Consent{}`, engine, "Unasked"},
	{"a start is not said to cost", "connector/setup/warehouse_words.go", `Starts: true, Costs: true}`, `Starts: true}`, engine, "Unasked"},
	{"a classic warehouse is used unasked", "connector/setup/warehouse_words.go", `case w.State == connector.Running && w.Type.Documented():`, `case w.State == connector.Running:`, engine, "Unasked"},

	// Nothing is said to be connected that was not read.
	{"line by line, a refused read counts as a success", "steps/plain/reading.go", `if p.WasRead(failed) {`, `if true {`, inLines, "ARefusedRead"},
	{"a fault of the program counts as a read", "connector/setup/draft.go", `if !check.TablesTried(results) {`, `if false {`, engine, "FaultOfTheProgram"},
	{"a fault of the program counts as a try", "connector/check/verdict.go", `r.State == Failed && !faulted(r))`, `r.State == Failed)`, engine, "FaultOfTheProgram"},
	{"a refused read completes the step", "connector/setup/draft_check.go", `!ok || r.Err != nil`, `!ok || r.Name != name`, engine, "OnlyWhenItWasRead"},
	{"a table that was not read completes the step", "connector/setup/draft_check.go", `!ok || r.Err != nil`, `ok && r.Err != nil`, engine, "OnlyWhenItWasRead"},
	{"there is a verdict before every table was read", "connector/setup/proof.go", `if err := d.checkAccess(); err != nil {`, `if err := d.checkAccess(); err != nil && false {`, engine, "EveryTableWasRead|FaultOfTheProgram"},
	{"Review says a verdict of its own", "steps/review_view.go", `proof := d.Proof()`, `proof := connector.Proof{Passed: true, Summary: "read the table as the connector"}`, screens, "NoVerdict"},
	{"line by line, a verdict is said whatever was read", "steps/plain/review.go", `proof := d.Proof()`, `proof := connector.Proof{Summary: "read the table as the connector"}`, inLines, "NoVerdict"},
	{"no failure is a verdict", "connector/setup/proof.go", `case check.TablesRead(results):`, `case true:`, engine, "ResultsComeTo"},
	{"what stands in the way is no part of the verdict", "connector/setup/proof.go", `case f != nil:`, `case f != nil && false:`, engine, "ResultsComeTo"},
	{"a walk that was cut short has read", "connector/check/verdict.go", `return newest.State == Running || faulted(newest)`, `return faulted(newest)`, engine, "ResultsComeTo"},
	{"a fault is told as a privilege", "connector/check/verdict.go", `|| r.State == Running || faulted(r) {`, `|| r.State == Running {`, engine, "ResultsComeTo"},
	{"reads through another warehouse count", "connector/setup/draft.go", "\td.sources[\"warehouse\"] = from\n\treturn d.forgetReads()", "\td.sources[\"warehouse\"] = from\n\treturn nil", engine, "EveryTableWasRead"},
	{"a failed test connects", "connector/setup/draft_connect.go", `if check.Failure(results) == nil {`, `if true {`, engine, "OnlyAPassedTest"},
	{"a connection is saved without a proof", "connector/setup/draft_kept.go", `if err := d.Check(Review); err != nil {`, `if err := d.Check(Connect); err != nil {`, engine, "NotProven"},
	{"a resume goes past tables that were not read", "connector/setup/resume.go", `min(s.resume, Access)`, `min(s.resume, Review)`, engine, "GoesPastNoTable"},
	{"a resume goes past a step that is not complete", "connector/setup/resume.go", ` && s.draft.Check(step) == nil {`, ` {`, engine, "GoesPastNoTable"},
	{"an old verdict is printed as it was not kept", "connector/setup/proof.go", `case p.Passed && !strings.HasPrefix(summary, "Connected: "):`, `case p.Passed:`, engine, "FirstRelease"},

	// A principal that may do more than read is told as one.
	{"the certificate does not count an entitlement that nobody knows", "connector/access/implied.go", `UI: api, Changes: true}`, `UI: api}`, "./connector/audit", "Entitlement"},
	{"a level that nobody knows changes nothing", "connector/access/implied.go", `return !known || !is || !row.applies.has(r) || s.changing.has(r)`, `return known && is && row.applies.has(r) && s.changing.has(r)`, "./connector/access", "WhatALevel"},
	{"a broader principal is saved though nobody accepted that", "connector/setup/protector.go", `err == nil && s.MustAccept()`, `err != nil && s.MustAccept()`, engine, "Accepted"},
	{"any word is taken for a broader principal", "connector/breadth/breadth.go", `strings.TrimSpace(typed) == AcceptWord`, `typed != ""`, engine, "Accepted"},
	{"what was agreed to covers what is seen later", "connector/breadth/breadth.go", `a.by != by || !slices.Contains(a.what, e.What+" "+e.Revoke)`, `a.by != by`, "./connector/breadth", "AskedAboutAgain"},
	{"a broader principal ends well though nobody accepted that", "connector/setup/headless.go", `f.Stage == check.StageReadOnly && h.Answers.AcceptBroader`, `f.Stage == check.StageReadOnly`, engine, "Accepted"},
	{"the proof does not say that the principal is broader", "connector/breadth/breadth.go", `p.Broader, p.ReadOnly, p.Elsewhere = b.CanWrite(), b.Rights(), b.Elsewhere()`, `p.ReadOnly, p.Elsewhere = b.Rights(), b.Elsewhere()`, engine, "ResultsComeTo"},
	{"a test forgets what the principal can change elsewhere", "connector/breadth/breadth.go", `case p.Elsewhere != "":`, `case p.Elsewhere == "never":`, engine, "Elsewhere"},
	{"a contract allows a privilege too many", "connector/contract/contract.go", `if !allowed && !seen[name] {`, `if !allowed && seen[name] {`, "./connector/contract", "Drifted"},
	{"a contract is met by privileges that nobody saw", "connector/contract/contract.go", `if !now.Seen {`, `if false {`, "./connector/contract", "Drifted"},
	{"a contract allows a table too many", "connector/contract/contract.go", `if !hasFold(c.Objects, name) {`, `if false {`, "./connector/contract", "Drifted"},
	{"a contract takes a secret that ends early", "connector/contract/contract.go", `!end.IsZero() && left < c.MinDays`, `!end.IsZero() && left < 0`, "./connector/contract", "Drifted"},

	// What is kept is protected, and no secret is among it.
	{"a keychain comes before a key file that was given", "connector/setup/protector.go", `case p.KeyFile != "" || p.KeyReader != nil:`, `case false:`, engine, "FirstSave"},
	{"a broken keychain is chosen", "connector/setup/protector.go", `case p.Passphrase == nil || p.Vault.ProbeKeychain(ctx) == nil:`, `case true:`, engine, "FirstSave"},
	{"what is wanted gives way", "connector/setup/protector.go", `if p.Wanted != "" || p.Passphrase == nil`, `if p.Passphrase == nil`, engine, "FirstSave"},
	{"kept answers hold the secret", "connector/setup/draft_kept.go", `Name: d.name, Sources`, `Name: d.name + string(d.secret.Reveal()), Sources`, engine, "ButTheSecret"},
	{"kept answers hold what was typed into the wrong field", "connector/setup/draft_kept.go", `ClientID: d.clientID,`, `ClientID: d.idText,`, engine, "WrongField"},
	{"older answers replace newer ones", "connector/setup/checkpoint.go", `number < c.newest ||`, ``, engine, "OlderAnswers"},

	// A secret is rotated whole, and a connection ends when somebody said so.
	{"the end of a secret is told a day late", "connector/expiry.go", `if left <= time.Duration(w.days)*24*time.Hour {`, `if left < time.Duration(w.days)*24*time.Hour {`, engine, "Louder"},
	{"a secret is taken that does not say who it signs in", "connector/setup/rotation.go", `if !check.AllPassed(results, check.StageIdentity) {`, `if !check.AllPassed(results, check.StageToken) {`, engine, "SeenIsTheSame"},
	{"a secret of somebody else is taken", "connector/setup/rotation.go", `!strings.EqualFold(now.Name.Raw(), PrincipalOf(r.saved))`, `false`, engine, "SomebodyElse"},
	{"one connection is switched before all were judged", "connector/setup/rotation.go", `if len(r.next) != len(r.sharing) {`, `if len(r.next) == 0 {`, engine, "AllWereJudged"},
	{"what was judged of another secret counts", "connector/setup/rotation.go", "\tr.next = nil\n\ttests :=", "\ttests :=", engine, "AllWereJudged"},
	{"a secret that another connection may use is deleted", "connector/setup/rotation.go", `if names := r.handMade(); len(names) > 0 {`, `if names := r.handMade(); len(names) < 0 {`, engine, "SomebodyMayUse"},
	{"a connection ends that nobody confirmed", "connector/saved/disconnection.go", `if plan.Plan().Name != d.saved.Name {`, `if false {`, "./connector/saved", "Unconfirmed"},
	{"a secret is deleted without sight of the saved connections", "connector/setup/admin.go", `if !opens {`, `if false {`, engine, "LockedConnections"},

	// A password lets in whom the list lets and nobody else; what is not told to be gone is not; a value is not lost by one key.
	{"a password needs no permission", "connector/demo/password/door.go", `!right || !d.permitted(p)`, `!right`, "./connector/admin", "TableOfPasswords"},
	{"a password is good for the sign-in page of everybody", "connector/demo/password/page.go", `|| !d.world.WorkspaceAdmin(who)`, ``, "./connector/admin", "TableOfPasswords"},
	{"an ID that was mistyped is taken for one that is gone", "connector/partner/of.go", `return id, err == nil && alone`, `return id, err == nil`, "./connector/partner", "DeletedHere"},
	{"a cluster that is to stay goes", "connector/partner/disconnect_compute.go", `		part.Goes, part.Why = false, "as asked for"`, `		part.Why = "as asked for"`, "./connector/partner", "ToStayStays"},
	{"a list is read at one path and written to at another", "connector/authorization/snapshot.go", `	if s.Preview {`, `	if false {`, "./connector/admin", "OlderPath"},
	{"a token's value goes with the first esc", "screens/tokens/value.go", `if v.taken || v.warned {`, `if true {`, "./screens/tokens", "NobodyTook"},

	// What an inventory did not see is no no, and no pass.
	{"an unknown finding passes a check", "cmd/inventory/findings.go", `code = exits.Unseen`, `code = exits.OK`, "./cmd/inventory", "NeverPasses"},
	{"an API that is not there means that nobody is", "connector/estate/take.go", `case v == absent && !w.Everywhere:`, `case v == absent:`, "./connector/estate", "NoWordOf"},
	{"a metastore admin grants in hive_metastore", "connector/access/cond_grant.go", `return append(out, f.admin(in))`, `return append(out, own(f.places[f.objects.in[on]].object, f.rules.manage))`, "./connector/access", "HiveMetastore"},
	{"the owner of a schema of hive_metastore reads its tables", "connector/access/implied.go", `return row.acts | s.usage.mask()`, `return ^mask(0)`, "./connector/access", "HiveMetastore"},
	{"what has no owner is owned by whoever has no name", "connector/access/people.go", ` || i == int(Nobody)`, ``, "./connector/grants", "InHiveMetastore"},
	{"a group that somebody may be in counts as one that they are not in", "connector/grants/facts.go", `	if w.Complete { // whoever`, `	if true { // whoever`, "./connector/grants", "MayBeOnesOwn"},
	{"a hidden object is owned by nobody", "connector/grants/facts.go", `			j.on, by = at, v.Owner
`, `			j.on, by = at, v.Owner
			if v.Sight == Hidden {
				thing.Seen |= access.SeenOwner
			}
`, "./connector/grants", "SeenOfItself"},
	{"MANAGE that is handed down lets nobody grant", "connector/access/mend.go", `from, _ = f.climb(manage, o)`, `from = Nothing`, "./connector/access", "MayGrant"},
	{"a list of a warehouse is known to be without who is not seen on it", "connector/grants/judged.go", `access.Thing{Seen: access.SeenPlace})`, `access.Thing{Seen: access.SeenAll})`, "./connector/grants", "UsesAWarehouse"},
	{"a role of a group reaches nobody", "connector/access/stored/stored.go", `"group-roles": access.Group, `, ``, "./connector/access/stored", "ARoleOfAGroup"},
	{"a catalog that is bound for reading alone is written", "connector/access/stored/objects.go", `b.Type == "BINDING_TYPE_READ_ONLY"`, `b.Type == ""`, "./connector/access/stored", "TheBindings"},
	{"nobody has a role of which no API tells", "connector/access/cond.go", `if f.rules.untold.has(r) {`, `if false {`, "./connector/access", "NoAPITells"},
	{"a group that owns is not offered", "connector/access/eval.go", `best.instead = append(best.instead, kid)`, `_ = kid`, "./connector/access", "GroupsThatOwn"},
	{"what a group owns weighs nothing", "connector/access/graph.go", `f.weight[f.objects.owner[o]]++`, ``, "./connector/access", "GroupsThatOwn"},
	{"a workspace admin gives no entitlement", "connector/access/mend.go", `		case WorkspaceKind:
			f.addAdmins(add, in)`, `		case WorkspaceKind:`, "./connector/access", "WhoCanGive"},
	{"a group is told what it would take a person to own a job", "connector/access/cond.go", `if r == f.rules.isOwner {`, `if false {`, "./connector/access", "NeverOwns"},
	{"a recipient of a share is lost", "connector/access/stored/objects.go", `			r.shared()
			continue`, `			continue`, "./connector/access/stored", "WithWhom"},
	{"what depends on the object is a flat no", "connector/access/can.go", `	a.Depends = true
`, ``, "./connector/access", "DependsOnAnObject"},
	{"an account admin who is no member is not told so", "connector/access/planes.go", `Verdict != No {`, `Verdict == No {`, "./connector/access", "TwoPlanes"},
	{"a schema that is told of in part counts as whole", "connector/estate/bulk.go", ` && s.told[within] >= s.found[within]`, ``, "./connector/estate/bulk", "NotToldOf"},
}
