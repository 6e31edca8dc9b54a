package check

import (
	"net/http"
	"testing"
)

// A gateway that has nobody to ask answers 503 as a workspace does that has trouble of its own: its words tell the two apart.
func TestAGatewayIsKnownByWhatItSaysUnder503(t *testing.T) {
	const nginx = "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>"
	for _, said := range []string{
		nginx, "upstream connect error or disconnect/reset before headers. reset reason: connection failure", "no healthy upstream",
		"<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.",
	} {
		if got := judged(restError(http.StatusServiceUnavailable, "UNKNOWN", "unable to parse response: "+said), StageCatalog); got.Pattern != "gateway" {
			t.Errorf("the ladder takes %q for %s", said, got.Pattern)
		}
		if got := ExplainText(said); got.Pattern != "gateway" || got.Confidence != Likely {
			t.Errorf("explain takes %q for %s, %s", said, got.Pattern, got.Confidence)
		}
	}
	if got := judged(restError(http.StatusServiceUnavailable, "SERVICE_UNAVAILABLE", "The service is unavailable"), StageCatalog); got.Pattern != "server-trouble" {
		t.Errorf("the workspace's own trouble is %s", got.Pattern)
	}
	if got := ExplainText("503 Service Unavailable"); got.Pattern != "gateway" {
		t.Errorf("a bare 503 is %s", got.Pattern)
	}
	if got := ExplainText("upstream connect error or disconnect/reset before headers. reset reason: connection timeout orders-api.contoso.svc.cluster.local"); got.Cause != NotKnown {
		t.Errorf("another service's is %s", got.Pattern)
	}
}
