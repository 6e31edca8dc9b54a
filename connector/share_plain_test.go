package connector

import "testing"

// The number of a request is shown as it is written, wherever it was seen before; what is somebody's value never is.
func TestTheNumberOfARequestIsShownAsItIsWritten(t *testing.T) {
	t.Parallel()
	const request, client = "0b6d7f1e-2f0b-4a55-9c55-1f2e3d4c5b6a", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	r := NewRegistry()
	r.Note(KindSP, client)
	if r.Text("200 GET /x "+request) != "200 GET /x id-1" {
		t.Fatal("it is shown before anybody said that it may be")
	}
	if !r.Plain(request) || r.Text("200 GET /x "+request) != "200 GET /x "+request {
		t.Errorf("it is shown as %q", r.Text("200 GET /x "+request))
	}
	for _, value := range []string{client, "dose0123456789abcdef0123456789abcdef", "ada@example.com", "a word", ""} {
		if r.Plain(value) {
			t.Errorf("%q is taken for the number of a request", value)
		}
	}
	if got := r.Text(client); got != "sp-1" {
		t.Errorf("the client ID is shown as %q", got)
	}
}
