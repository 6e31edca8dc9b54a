package check

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/sockets"
)

func TestEveryKnownErrorHasItsCause(t *testing.T) {
	reached := map[string]int{}
	for _, tt := range known {
		got := Explain(tt.err)
		if got.Pattern != tt.row {
			t.Errorf("%v\n is named %s, not %s", tt.err, got.Pattern, tt.row)
		}
		reached[got.Pattern]++
	}
	for _, row := range causes {
		if reached[row.id] == 0 {
			t.Errorf("no error reaches the row %s", row.id)
		}
	}
}

func TestEveryRowNamesOneDocumentedCauseAndOneThingToDo(t *testing.T) {
	exits := map[Cause][]int{
		AuthenticationFailed: {ExitAuth, ExitIdentity}, WarehouseAccess: {ExitWarehouse, ExitIdentity}, MissingPermissions: {ExitPermissions},
		WarehouseNotRunning: {ExitNotRunning}, Unreachable: {ExitNetwork, ExitTLS, ExitNotWorkspace},
		UnreadableAnswer: {ExitNotWorkspace}, NotOffered: {ExitNotWorkspace},
	}
	seen := map[string]bool{}
	for _, row := range causes {
		fits := false
		for _, code := range exits[row.cause] {
			fits = fits || code == row.exit
		}
		if !fits || seen[row.id] || row.id == "unknown" {
			t.Errorf("%s: cause %q with exit %d", row.id, row.cause, row.exit)
		}
		seen[row.id] = true
		if NameOf(row.stage) == string(row.stage) {
			t.Errorf("%s is of stage %q, which the ladder does not have", row.id, row.stage)
		}
		said := row.words()
		if speaks := strings.Contains(said.Remedy, "GRANT below"); speaks != (said.Grant != "") || speaks != row.finding().Grantable() {
			t.Errorf("%s: remedy %q with the statement %q", row.id, said.Remedy, said.Grant)
		}
		for _, text := range []string{said.Reason, said.Remedy} {
			if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "!\n") || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is not a plain sentence", row.id, text)
			}
		}
	}
}

// A workspace answers a network block, a missing entitlement and a missing privilege with the same status. What blocks everything else
// is named first, however the answer is dressed.
func TestANetworkBlockIsNamedBeforeAPlainRefusal(t *testing.T) {
	also := []string{"", " User not authorized.", " Invalid access token.", " User does not have SELECT on Table 'a.b.c'.", " " + noCanUse}
	for text, row := range map[string]string{ipBlocked: "ip-access-list", networkBlocked: "network-policy"} {
		for _, more := range also {
			for _, status := range []int{400, 401, 403, 404} {
				for _, err := range []error{
					restError(status, "PERMISSION_DENIED", text+more), oauthError(status, "invalid_client", text+more), sqlError("42501", text+more),
					requestError(fmt.Sprintf("%d x", status), text+more), &workspace.StatusError{Status: status, Body: text + more},
				} {
					if got := Explain(err); got.Pattern != row || got.Cause != Unreachable {
						t.Errorf("%v is named %s", err, got.Pattern)
					}
				}
			}
		}
	}
}

func TestAnErrorWithoutARowIsUnknownOrWhatItMostlyMeansAtItsStage(t *testing.T) {
	silent := restError(403, "PERMISSION_DENIED", "no")
	for at, want := range map[ID]string{
		"": UnknownPattern, StageIdentity: "identity-refused", StageWarehouse: "warehouse-refused", StageCanUse: "warehouse-refused",
		StageState: UnknownPattern, StageSQL: UnknownPattern, StageCatalog: "object-refused", StageRead: UnknownPattern,
	} {
		if got := judged(silent, at); got.Pattern != want {
			t.Errorf("at %s: %+v", at, got)
		}
		if got := judged(errors.New("new"), at); got.Pattern != UnknownPattern || got.Cause != NotKnown {
			t.Errorf("at %s: %+v", at, got)
		}
	}
}

func TestEvidenceSaysWhatCameBack(t *testing.T) {
	for want, err := range map[string]error{
		"HTTP 403, PERMISSION_DENIED":                restError(403, "PERMISSION_DENIED", "x"),
		"HTTP 403":                                   restError(403, "403", "x"),
		"HTTP 401, invalid_client":                   oauthError(401, "invalid_client", ""),
		"INSUFFICIENT_PERMISSIONS, SQLSTATE 42501":   sqlError("42501", fmt.Sprintf(lacks, "SELECT", "x")),
		"sent to another address, HTTP 302":          &workspace.RedirectError{Status: 302, Location: "/x"},
		"HTTP 407":                                   &workspace.ProxyError{Status: 407},
		"the name does not resolve":                  dialError(&net.DNSError{IsNotFound: true}),
		"connection refused":                         dialError(os.NewSyscallError("connect", sockets.ErrRefused)),
		"no answer in time":                          context.DeadlineExceeded,
		"unknown issuer":                             handshakeError(x509.UnknownAuthorityError{}),
		"failed":                                     errors.New("x"),
		"HTTP 403, ␛]0;x��␛[2J":                      restError(403, "\x1b]0;x\a\u202e\x1b[2J", "x"),
		"SQLSTATE �2J":                               sqlError("\u009b2J", "x"),
		"HTTP 400, " + strings.Repeat("X", 60) + "…": restError(400, strings.Repeat("X", 5000), "x"),
		"HTTP 401, a⏎b":                              oauthError(401, "a\nb", ""),
		"HTTP 503, A.B_1":                            fmt.Errorf("%w", errors.Join(requestError("503 x", "[A.B_1]"))),
	} {
		if got := evidence(err); got != want {
			t.Errorf("%v: %q, not %q", err, got, want)
		}
	}
}
