package unity

import (
	"slices"
	"testing"
)

// TestAKindIsOneRow adds a row for a kind below the metastore: nothing else has to know of it.
func TestAKindIsOneRow(t *testing.T) {
	before := kinds
	t.Cleanup(func() { kinds = before })
	if _, err := ParseSecurable("storage_box", "Attic"); err == nil {
		t.Error("there is the kind already")
	}
	kinds = append(slices.Clone(before), KindRow{Kind: "STORAGE_BOX", Path: "storage-boxes", Parent: MetastoreKind, Opens: ReadVolume, Privileges: []Privilege{ReadVolume, Browse, Manage}})

	on, err := ParseSecurable("storage_box", "Attic")
	row, known := on.Kind.Row()
	if err != nil || !known || !row.Plain() || on.FullName() != "attic" || on.Kind.String() != "Storage Box" {
		t.Errorf("%s is a %s, %v", on.FullName(), on.Kind, err)
	}
	if _, inside := on.Parent(); inside {
		t.Error("what is right below the metastore inherits privileges")
	}
	if !on.Kind.Takes(Browse) || on.Kind.Takes(Select) || on.Kind.Opens() != ReadVolume {
		t.Error("the privileges are not those of the row")
	}
	if row.ListField() != "storage_boxes" || row.IDField() != "storage_box_id" {
		t.Errorf("the fields are %s and %s", row.ListField(), row.IDField())
	}
	for _, wrong := range [][2]string{{"storage_box", "a.b"}, {"catalog", "a.b"}, {"box", "a"}} {
		if _, err := ParseSecurable(wrong[0], wrong[1]); err == nil {
			t.Errorf("%v is read", wrong)
		}
	}
}
