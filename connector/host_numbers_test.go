package connector_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// A workspace that has its host to itself is addressed with ?o=0, which is the number of none.
func TestZeroInAnAddressIsNoWorkspace(t *testing.T) {
	for _, pasted := range []string{"https://acme.cloud.databricks.com/?o=0", "https://acme.cloud.databricks.com/?o=0#notebook/12", "acme.cloud.databricks.com?w=00"} {
		h, _, err := connector.ParseHost(pasted, nil)
		if err != nil || h.WorkspaceID() != "" || h.Describe() != "AWS" {
			t.Errorf("%s is %q, %q, %v", pasted, h.WorkspaceID(), h.Describe(), err)
		}
		if seen, same := h.Answered("7405605741000000"); !same || seen != "AWS, workspace 7405605741000000" {
			t.Errorf("%s and what answers there: %q, the same: %t", pasted, seen, same)
		}
	}
}

// A number that resolvers read as an address is refused as one; a larger one is the ID of a workspace, or a host that was cut off.
func TestANumberIsAnAddressOnlyWhereItFitsIntoOne(t *testing.T) {
	const address, number = "IP address", "no domain ends in a number"
	for pasted, why := range map[string]string{
		"127.1": address, "0x7f.1": address, "2130706433": address, "10.0.4": address, "255.255.255.255": address,
		"7405605741000000": number, "1234567890123456.7": number, "256.1": number, "1.2.3.4.5": number, "4294967296": number,
		"adb-7405605741000000.7": number, "acme.7": number, "acme.0x7f": number,
	} {
		var input *connector.Error
		if _, _, err := connector.ParseHost(pasted, nil); !errors.As(err, &input) || !strings.Contains(input.What, why) {
			t.Errorf("%s: %v, and not because of %q", pasted, err, why)
		}
	}
}
