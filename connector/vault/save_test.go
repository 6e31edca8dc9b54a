package vault

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

var morning = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func proof(at time.Time, summary string) connector.Proof {
	return connector.Proof{At: at, Passed: true, Summary: summary}
}

func another(text string) connector.Secret { return connector.NewSecret([]byte(text)) }

// withSecret is a connection as a rotation saves it: another secret, and with it the proof that it works.
func withSecret(c connector.Connection, secret string, proof connector.Proof) connector.Connection {
	c.Credentials.Secret, c.Proof = another(secret), proof
	return c
}

func load(t *testing.T, v *Vault, name string) connector.Connection {
	t.Helper()
	return must[connector.Connection](t)(v.Load(t.Context(), name))
}

func TestRenamingKeepsTheIDAndEverythingElse(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	save(t, v, connection(t, "test"))
	renamed := must[connector.Connection](t)(v.Rename(t.Context(), saved, "  Production  EU "))
	want := saved
	want.Name, want.SavedAt = "Production EU", renamed.SavedAt
	if !same(renamed, want) || !same(load(t, v, saved.ID), want) || !renamed.SavedAt.After(saved.SavedAt) {
		t.Errorf("renamed to %+v, want %+v", renamed, want)
	}
	_, err := v.Rename(t.Context(), renamed, "TEST")
	wantKind(t, err, ErrNameTaken)
	_, err = v.Rename(t.Context(), saved, "late")
	wantKind(t, err, ErrChangedElsewhere)
	if _, err := v.Rename(t.Context(), renamed, "production eu"); err != nil {
		t.Errorf("changing the case of the name: %v", err)
	}
}

func TestASecretIsReplacedAloneAndWithItsProof(t *testing.T) {
	v, _ := protected(t)
	v.now = func() time.Time { return morning }
	old := connection(t, "prod")
	old.SecretExpires = morning.AddDate(0, 0, 9)
	saved := save(t, v, old)
	v.now = func() time.Time { return morning.Add(time.Hour) }
	replaced := save(t, v, withSecret(saved, "dose-new", proof(morning, "works")))
	want := saved
	want.Credentials.Secret, want.Proof, want.SecretSetAt, want.SavedAt = another("dose-new"), proof(morning, "works"), morning.Add(time.Hour), morning.Add(time.Hour)
	want.SecretExpires = time.Time{} // nobody said when the new one ends
	if !same(load(t, v, "prod"), want) || !same(replaced, want) {
		t.Errorf("replaced by %+v, want %+v", replaced, want)
	}
	if _, err := v.Save(t.Context(), withSecret(replaced, "", connector.Proof{})); err == nil {
		t.Error("the secret was replaced by none")
	}
}

func TestTwoWindowsThatReplaceASecretDoNotUndoEachOther(t *testing.T) {
	v, keyFile := protected(t)
	opened := save(t, v, connection(t, "prod"))
	other := unlocked(t, v.Dir(), keyFile)
	if _, err := other.Save(t.Context(), withSecret(opened, "dose-theirs", connector.Proof{})); err != nil {
		t.Fatal(err)
	}
	_, err := v.Save(t.Context(), withSecret(opened, "dose-ours", connector.Proof{}))
	wantKind(t, err, ErrChangedElsewhere)
	_, err = v.Save(t.Context(), opened)
	wantKind(t, err, ErrChangedElsewhere)
	if got := load(t, v, "prod"); string(got.Credentials.Secret.Reveal()) != "dose-theirs" {
		t.Error("the secret of the other window is gone")
	}
	if err := other.Delete(t.Context(), "prod"); err != nil {
		t.Fatal(err)
	}
	_, err = v.Save(t.Context(), withSecret(opened, "dose-ours", connector.Proof{}))
	wantKind(t, err, ErrNotFound)
}

func TestATestLeavesItsVerdictAndNothingElse(t *testing.T) {
	v, keyFile := protected(t)
	opened := save(t, v, connection(t, "prod"))
	tester := unlocked(t, v.Dir(), keyFile)
	newer := proof(opened.Proof.At.Add(48*time.Hour), "read two tables again")
	kept := must[connector.Connection](t)(tester.Verified(t.Context(), opened, newer))
	want := opened
	want.Proof = newer
	if !same(kept, want) || !same(load(t, v, "prod"), want) {
		t.Errorf("kept %+v, want %+v", kept, want)
	}

	// The window that had it open all along saves, and the newer verdict stays, because it is about what is saved.
	opened.Name = "production"
	renamed := save(t, v, opened)
	if renamed.Proof != newer {
		t.Errorf("saving put back the older verdict: %+v", renamed.Proof)
	}
	// It is renamed now, and a test that began before may still say what it found.
	if _, err := tester.Verified(t.Context(), kept, proof(newer.At.Add(time.Hour), "again")); err != nil {
		t.Errorf("a test during a renaming: %v", err)
	}
	if got := must[connector.Connection](t)(tester.Verified(t.Context(), kept, newer)); got.Proof.Summary != "again" || got.Name != "production" {
		t.Errorf("an older verdict took the place of a newer one: %+v", got)
	}
}

func TestAVerdictIsKeptForAWholeSchemaToo(t *testing.T) {
	v, _ := protected(t)
	c := connection(t, "prod")
	c.Scope, c.Tables, c.CACerts, c.Proof = connector.ScopeSchema, []connector.TableName{}, []byte{}, connector.Proof{}
	c.Principal.Groups, c.Principal.Entitlements = []connector.Remote{}, nil
	saved := save(t, v, c)
	here := time.Now()
	kept := must[connector.Connection](t)(v.Verified(t.Context(), saved, proof(here, "as it is now")))
	if got := load(t, v, "prod"); got.Proof != kept.Proof || !got.Proof.At.Equal(here) {
		t.Errorf("kept %+v, loaded %+v", kept.Proof, got.Proof)
	}
}

func TestASecretIsReplacedThoughABackupDoubledTheName(t *testing.T) {
	v, keyFile := protected(t)
	first := save(t, v, connection(t, "prod"))
	backup := unlocked(t, copied(t, v.Dir()), keyFile)
	if _, err := v.Rename(t.Context(), first, "production"); err != nil {
		t.Fatal(err)
	}
	second := save(t, v, connection(t, "prod"))
	damage(t, v, first.ID, []byte(files(t, backup.Dir())["connections/"+first.ID+extension]))
	_, err := v.Load(t.Context(), "prod")
	wantKind(t, err, ErrAmbiguous)
	for _, c := range []connector.Connection{first, second} {
		if _, err := v.Save(t.Context(), withSecret(c, "dose-new", connector.Proof{})); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

func TestAVerdictIsNeverKeptForWhatWasNotTested(t *testing.T) {
	changes := map[string]func(*connector.Connection){
		"another secret": func(c *connector.Connection) { c.Credentials.Secret = another("dose-new") },
		"fewer tables":   func(c *connector.Connection) { c.Tables = c.Tables[:1] },
		"another scope":  func(c *connector.Connection) { c.Scope = connector.ScopeSchema },
		"a warehouse":    func(c *connector.Connection) { c.Warehouse.ID = "0123456789abcdef" },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			v, _ := protected(t)
			tested := save(t, v, connection(t, "prod"))
			late := proof(tested.Proof.At.Add(time.Hour), "read the old tables")
			changed := tested
			change(&changed)
			must[connector.Connection](t)(v.Verified(t.Context(), tested, late))
			changed = save(t, v, changed)
			if changed.Proof != tested.Proof {
				t.Errorf("what was proven of other settings stands for these: %+v", changed.Proof)
			}
			_, err := v.Verified(t.Context(), tested, proof(late.At.Add(time.Hour), "read the old tables"))
			wantKind(t, err, ErrChangedElsewhere)
			if got := load(t, v, "prod"); !same(got, changed) {
				t.Errorf("kept %+v, want %+v", got, changed)
			}
		})
	}
}

func TestALockedVaultRefusesEveryChange(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	locked := reopen(v.Dir(), &fakeKeychain{})
	for name, change := range map[string]func() error{
		"rename": func() error { _, err := locked.Rename(t.Context(), saved, "test"); return err },
		"replace": func() error {
			_, err := locked.Save(t.Context(), withSecret(saved, "x", connector.Proof{}))
			return err
		},
		"verified":       func() error { _, err := locked.Verified(t.Context(), saved, proof(morning, "")); return err },
		"save a draft":   func() error { _, err := locked.SaveDraft(t.Context(), Draft{Step: "access"}); return err },
		"list drafts":    func() error { _, _, err := locked.Drafts(t.Context()); return err },
		"delete a draft": func() error { return locked.DeleteDraft(t.Context(), strings.Repeat("a", 16)) },
		"finish a draft": func() error { _, err := locked.Finish(t.Context(), strings.Repeat("a", 16), saved); return err },
	} {
		if err := change(); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			wantKind(t, err, ErrLocked)
		}
	}
}
