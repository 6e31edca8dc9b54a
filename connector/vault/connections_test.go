package vault

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAConnectionComesBackAsItWasSaved(t *testing.T) {
	cases := map[string]func(*connector.Connection){
		"with every field":     func(*connector.Connection) {},
		"with a token":         func(c *connector.Connection) { c.Credentials.Method, c.Credentials.ClientID = connector.PAT, "" },
		"with a whole schema":  func(c *connector.Connection) { c.Scope, c.Tables = connector.ScopeSchema, nil },
		"before tables exist":  func(c *connector.Connection) { c.Schema, c.Tables = connector.SchemaName{}, nil },
		"never tested":         func(c *connector.Connection) { c.Proof = connector.Proof{} },
		"with a hostile name":  func(c *connector.Connection) { c.Warehouse.Name = connector.FromRemote("a\x1b]0;b\u202e\n\u2028\"") },
		"on a host by name":    func(c *connector.Connection) { c.Host = host(t, "dbx.example.org", "dbx.example.org") },
		"on a host and a port": func(c *connector.Connection) { c.Host = host(t, "localhost:8443", "localhost:8443") },
		"on an allowed IPv6":   func(c *connector.Connection) { c.Host = host(t, "[::1]:8443", "[::1]:8443") },
		"on Azure with a port": func(c *connector.Connection) { c.Host = host(t, hostText+":8443", hostText+":8443") },
		"with a pasted ?o=":    func(c *connector.Connection) { c.Host = host(t, "acme.cloud.databricks.com/?o=42") },
		"with the end of its secret": func(c *connector.Connection) {
			c.SecretExpires = time.Date(2027, 5, 20, 8, 0, 0, 0, time.UTC)
		},
		"on the US government": func(c *connector.Connection) { c.Host = host(t, "adb-12345.1.databricks.azure.us") },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			v, keyFile := protected(t)
			c := connection(t, "Asset inventory – prod")
			change(&c)
			saved := save(t, v, c)
			loaded := must[connector.Connection](t)(unlocked(t, v.Dir(), keyFile).Load(t.Context(), c.Name))
			if !same(saved, loaded) {
				t.Errorf("saved  %+v\nloaded %+v", saved, loaded)
			}
			c.ID, c.CreatedAt, c.SavedAt, c.SecretSetAt = saved.ID, saved.CreatedAt, saved.SavedAt, saved.SecretSetAt
			if !same(c, loaded) {
				t.Errorf("given  %+v\nloaded %+v", c, loaded)
			}
		})
	}
}

func TestSavingSetsTheTimes(t *testing.T) {
	v, _ := protected(t)
	clock := time.Date(2026, 11, 1, 12, 0, 0, 0, time.FixedZone("somewhere", 3600))
	v.now = func() time.Time { return clock }
	first := save(t, v, connection(t, "prod"))
	if !first.CreatedAt.Equal(clock) || !first.SavedAt.Equal(clock) || !first.SecretSetAt.Equal(clock) || first.SavedAt.Location() != time.UTC {
		t.Fatalf("a new connection has the times %v, %v, %v", first.CreatedAt, first.SavedAt, first.SecretSetAt)
	}

	clock = clock.Add(time.Hour)
	second := save(t, v, first)
	if !second.SavedAt.Equal(clock) || !second.CreatedAt.Equal(first.CreatedAt) || !second.SecretSetAt.Equal(first.SecretSetAt) {
		t.Errorf("saving again with the same secret changed more than SavedAt: %+v", second)
	}

	clock = clock.Add(-48 * time.Hour)
	second.Credentials.Secret = connector.NewSecret([]byte("dose-another"))
	third := save(t, v, second)
	if !third.SavedAt.After(second.SavedAt) || !third.SecretSetAt.Equal(third.SavedAt) {
		t.Errorf("a new secret under a clock set back gave SavedAt %v, SecretSetAt %v", third.SavedAt, third.SecretSetAt)
	}
}

func TestNamesAreUniqueInWhateverCase(t *testing.T) {
	v, keyFile := protected(t)
	first := save(t, v, connection(t, "Prod Ä"))
	_, err := v.Save(t.Context(), connection(t, "  PROD   ä "))
	if e := wantKind(t, err, ErrNameTaken); !strings.Contains(e.What, `"Prod Ä"`) {
		t.Errorf("the error does not name the connection: %s", e.What)
	}
	first.Name = "prod ä"
	renamed := save(t, v, first)
	if renamed.ID != first.ID {
		t.Errorf("renaming changed the ID from %s to %s", first.ID, renamed.ID)
	}
	other := unlocked(t, v.Dir(), keyFile)
	save(t, other, connection(t, "test"))
	renamed.Name = "Test"
	_, err = v.Save(t.Context(), renamed)
	wantKind(t, err, ErrNameTaken)
	if got := list(t, v); len(got) != 2 || got[0].Name != "prod ä" || got[1].Name != "test" {
		t.Errorf("listed %v", got)
	}
}

func TestTwoWindowsCannotUndoEachOthersWork(t *testing.T) {
	v, keyFile := protected(t)
	opened := save(t, v, connection(t, "prod"))
	other := unlocked(t, v.Dir(), keyFile)
	changed := opened
	changed.Name = "production"
	save(t, other, changed)

	opened.Scope = connector.ScopeSchema
	_, err := v.Save(t.Context(), opened)
	wantKind(t, err, ErrChangedElsewhere)
	if got := list(t, v); len(got) != 1 || got[0].Name != "production" {
		t.Errorf("the other window's work is gone: %v", got)
	}

	if err := other.Delete(t.Context(), "production"); err != nil {
		t.Fatal(err)
	}
	_, err = v.Save(t.Context(), opened)
	wantKind(t, err, ErrNotFound)
}

func TestFindingAConnection(t *testing.T) {
	v, _ := protected(t)
	for _, name := range []string{"production", "Production EU", "staging", "öko"} {
		save(t, v, connection(t, name))
	}
	byID := must[connector.Connection](t)(v.Load(t.Context(), list(t, v)[0].ID))
	if byID.Name != "production" {
		t.Errorf("the first ID gave %q", byID.Name)
	}
	for asked, want := range map[string]string{"STAGING": "staging", " Öko ": "öko", "production eu": "Production EU"} {
		if got := must[connector.Connection](t)(v.Load(t.Context(), asked)); got.Name != want {
			t.Errorf("%q gave %q", asked, got.Name)
		}
	}
	for asked, near := range map[string]string{"prodution": "production", "stagin": "staging", "eu": "Production EU", "öke": "öko", "warehouse": "", "": ""} {
		_, err := v.Load(t.Context(), asked)
		e := wantKind(t, err, ErrNotFound)
		want := "Run draftt-databricks list to see the names."
		if near != "" {
			want = fmt.Sprintf("Did you mean %q?", near)
		}
		if e.Remedy != want {
			t.Errorf("for %q the remedy is %q, want %q", asked, e.Remedy, want)
		}
	}
}

func TestDeletingRemovesTheFileAndFreesTheName(t *testing.T) {
	v, _ := protected(t)
	first := save(t, v, connection(t, "prod"))
	save(t, v, connection(t, "test"))
	if err := v.Delete(t.Context(), "PROD"); err != nil {
		t.Fatal(err)
	}
	for name := range files(t, v.Dir()) {
		if strings.Contains(name, first.ID) {
			t.Errorf("%s is still there", name)
		}
	}
	wantKind(t, v.Delete(t.Context(), "prod"), ErrNotFound)
	again := save(t, v, connection(t, "prod"))
	if again.ID == first.ID {
		t.Error("the ID of a deleted connection was used again")
	}
}

func TestAnUnfinishedConnectionIsNotSaved(t *testing.T) {
	v, _ := protected(t)
	before := files(t, v.Dir())
	cases := map[string]func(*connector.Connection){
		"no name":          func(c *connector.Connection) { c.Name = "  " },
		"an unusable name": func(c *connector.Connection) { c.Name = "a\x1bb" },
		"no host":          func(c *connector.Connection) { c.Host = connector.Host{} },
		"no secret":        func(c *connector.Connection) { c.Credentials.Secret = connector.Secret{} },
		"a binary secret":  func(c *connector.Connection) { c.Credentials.Secret = connector.NewSecret([]byte("\xff\xfe")) },
		"too many tables": func(c *connector.Connection) {
			c.Tables = make([]connector.TableName, 60_000)
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			c := connection(t, "prod")
			change(&c)
			_, err := v.Save(t.Context(), c)
			var input *connector.Error
			if !errors.As(err, &input) {
				t.Errorf("got the error %v, want an *connector.Error of kind ErrInput", err)
			}
		})
	}
	delete(before, lockFile)
	after := files(t, v.Dir())
	delete(after, lockFile)
	if len(after) != len(before) {
		t.Errorf("something was left behind: %d files before, %d after", len(before), len(after))
	}
}

func TestALockedVaultSaysSo(t *testing.T) {
	v, keyFile := protected(t)
	save(t, v, connection(t, "prod"))
	locked := reopen(v.Dir(), &fakeKeychain{})
	if !locked.Locked() || v.Locked() {
		t.Fatal("Locked tells the wrong vault")
	}
	_, err := locked.Save(t.Context(), connection(t, "test"))
	wantKind(t, err, ErrLocked)
	_, _, err = locked.List(t.Context())
	wantKind(t, err, ErrLocked)
	_, err = locked.Load(t.Context(), "prod")
	wantKind(t, err, ErrLocked)
	wantKind(t, locked.Delete(t.Context(), "prod"), ErrLocked)
	if err := locked.Unlock(t.Context(), Keys{KeyFile: keyFile}); err != nil || locked.Locked() {
		t.Errorf("unlock: %v", err)
	}
}

func TestAFolderThatWasNeverUsedIsEmptyAndStaysSo(t *testing.T) {
	v := newVault(t)
	if got := list(t, v); len(got) != 0 {
		t.Errorf("listed %v", got)
	}
	if _, chosen, err := v.Protection(); chosen || err != nil {
		t.Errorf("protection chosen %v, %v", chosen, err)
	}
	wantKind(t, v.Unlock(t.Context(), Keys{}), ErrUnprotected)
	_, err := v.Load(t.Context(), "prod")
	wantKind(t, err, ErrNotFound)
	if _, err := openFolder(osDisk{}, v.Dir()); err == nil {
		t.Error("looking created the folder")
	}
}

func TestARenameInAnotherWindowIsSeenWhenNamesAreCompared(t *testing.T) {
	v, keyFile := protected(t)
	other := unlocked(t, v.Dir(), keyFile)
	theirs := save(t, other, connection(t, "test"))
	save(t, v, connection(t, "prod"))
	theirs.Name = "staging"
	save(t, other, theirs)

	_, err := v.Save(t.Context(), connection(t, "Staging"))
	wantKind(t, err, ErrNameTaken)
	save(t, v, connection(t, "Test"))
}
