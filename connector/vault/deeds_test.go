package vault

import "testing"

// A deed changes a vault. Each is done once for every call that it makes of the disk, with a fault at that call.
var deeds = []struct {
	name  string
	known int // how many connections there are before
	do    func(*testing.T, *Vault) error
	done  func(before, after map[string]int) bool // after is what the deed was to bring about
}{
	{
		name: "saving a new connection", known: 3,
		do: func(t *testing.T, v *Vault) error {
			_, err := v.Save(t.Context(), bare("new", 7))
			return err
		},
		done: func(before, after map[string]int) bool {
			return len(after) == len(before)+1 && after["new"] == 7
		},
	},
	{
		name: "saving a connection again", known: 3,
		do: func(t *testing.T, v *Vault) error {
			c, err := v.Load(t.Context(), numbered(1))
			if err != nil {
				return err
			}
			c.Proof.Summary = "77"
			_, err = v.Save(t.Context(), c)
			return err
		},
		done: func(before, after map[string]int) bool {
			return len(after) == len(before) && after[numbered(1)] == 77
		},
	},
	{
		name: "deleting a connection", known: 3,
		do: func(t *testing.T, v *Vault) error { return v.Delete(t.Context(), numbered(1)) },
		done: func(before, after map[string]int) bool {
			_, there := after[numbered(1)]
			return len(after) == len(before)-1 && !there
		},
	},
	{
		name: "renaming a connection", known: 3,
		do: func(t *testing.T, v *Vault) error {
			c, err := v.Load(t.Context(), numbered(1))
			if err != nil {
				return err
			}
			_, err = v.Rename(t.Context(), c, "new")
			return err
		},
		done: func(before, after map[string]int) bool {
			_, there := after[numbered(1)]
			return len(after) == len(before) && !there && after["new"] == 1
		},
	},
	{
		name: "keeping the verdict of a test", known: 3,
		do: func(t *testing.T, v *Vault) error {
			c, err := v.Load(t.Context(), numbered(1))
			if err != nil {
				return err
			}
			_, err = v.Verified(t.Context(), c, proof(morning, "77"))
			return err
		},
		done: func(before, after map[string]int) bool {
			return len(after) == len(before) && after[numbered(1)] == 77
		},
	},
	{
		name: "saving a draft again", known: 3,
		do: func(t *testing.T, v *Vault) error {
			d, err := onlyDraft(t, v)
			if err != nil {
				return err
			}
			d.Answers = []byte("77")
			_, err = v.SaveDraft(t.Context(), d)
			return err
		},
		done: func(before, after map[string]int) bool {
			return len(after) == len(before) && after[aDraft] == 77
		},
	},
	{
		name: "finishing a draft", known: 3,
		do: func(t *testing.T, v *Vault) error {
			d, err := onlyDraft(t, v)
			if err != nil {
				return err
			}
			_, err = v.Finish(t.Context(), d.ID, bare("new", 7))
			return err
		},
		done: func(before, after map[string]int) bool {
			_, waits := after[aDraft]
			return len(after) == len(before) && !waits && after["new"] == 7
		},
	},
	{
		name: "saving with an index", known: indexWorth + 1,
		do: func(t *testing.T, v *Vault) error {
			_, err := v.Save(t.Context(), bare("new", 7))
			return err
		},
		done: func(before, after map[string]int) bool {
			return len(after) == len(before)+1 && after["new"] == 7
		},
	},
}

// aDraft is the name of the draft that waits while each deed is done.
const aDraft = "waiting"

func onlyDraft(t *testing.T, v *Vault) (Draft, error) {
	waiting, broken, err := v.Drafts(t.Context())
	if err != nil {
		return Draft{}, err
	}
	if len(broken) > 0 {
		return Draft{}, broken[0].Err
	}
	return waiting[0], nil
}
