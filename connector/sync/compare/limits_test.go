package compare

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// watch is a context that is asked now and then, and does something each time.
type watch struct {
	context.Context
	asked func() error
}

func (w watch) Err() error { return w.asked() }

// live is what the last collection found in use.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

func TestTwoMillionRowsTakeNoMoreMemoryThanGiven(t *testing.T) {
	const n, given = 2_000_000, 8 << 20
	runtime.GC()
	start, most := live(), int64(0)
	ctx := watch{context.Background(), func() error {
		most = max(most, live()-start)
		return nil
	}}
	c, err := Compare(ctx, numbers(n, 1, 1), numbers(n, 1, 2), []string{"id"}, t.TempDir(), given)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	told := int64(0)
	for _, err := range c.Rows(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		told++
	}
	if c.Changed+c.Same != n || told != 2*c.Changed || c.Changed < n/2 {
		t.Errorf("%d changed, %d the same, %d told", c.Changed, c.Same, told)
	}
	if most > 2*given { // the hashes alone would be sixteen times as much
		t.Errorf("%d bytes were in use, %d were given", most, given)
	}
	t.Logf("%d bytes of %d", most, given)
}

func TestACancelEndsItAtOnceWhereverItIs(t *testing.T) {
	folder := t.TempDir()
	ended := false
	for after := 0; !ended; after++ {
		asked := 0
		ctx := watch{context.Background(), func() error {
			if asked++; asked > after {
				return context.Canceled
			}
			return nil
		}}
		c, err := within(ctx, numbers(9000, 1, 1), numbers(9000, 1, 2), []string{"id"}, folder, 1<<14)
		if err == nil {
			for _, err = range c.Rows(ctx) {
				if err != nil {
					break
				}
			}
		}
		ended = err == nil
		if !ended && (!errors.Is(err, context.Canceled) || asked != after+1) {
			t.Errorf("canceled at %d, asked %d times: %v", after, asked, err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		empty(t, folder)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ctx, numbers(0, 1, 1), numbers(0, 1, 1), nil, folder, 0); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestManyRunsAreMergedAFewAtATimeAndCanceledAmongThem(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := sorter{scratch: &scratch{parent: t.TempDir()}, name: "before", words: 2, most: 100, fan: 3}
	defer s.scratch.remove()
	r := seeded(1)
	const n = 20_000
	for i := range uint64(n) {
		if err := s.add(entry{uint64(r.IntN(50)), i}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.done(ctx); err != nil || len(s.runs) > s.fan || len(s.held) > s.most {
		t.Fatal(len(s.runs), len(s.held), err)
	}
	for range 2 {
		m, err := s.sorted(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var last entry
		given := 0
		for {
			e, ok, err := m.next()
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if given > 0 && last.compare(&e) >= 0 {
				t.Fatalf("%v after %v", e, last)
			}
			last = e
			given++
		}
		if given != n {
			t.Errorf("%d entries of %d", given, n)
		}
	}
	m, err := s.sorted(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	given := 0
	for ; err == nil && given < n; given++ {
		_, _, err = m.next()
	}
	if !errors.Is(err, context.Canceled) || given > 4096 {
		t.Errorf("%d entries were given after the cancel: %v", given, err)
	}
}

// harm is what may become of the files of a comparison.
var harm = map[string]func(name string) error{
	"a bit of each block": func(name string) error {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for at := 0; at < len(content); at += 500 {
			content[at] ^= 4
		}
		return os.WriteFile(name, content, 0o600)
	},
	"the end": func(name string) error { return os.Truncate(name, 100) },
	"blocks in another order": func(name string) error {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		words := map[string]int{"before": 4, "after": 4, "found": 1}[filepath.Base(name)]
		size := packed*words*8 + 8
		return os.WriteFile(name, append(content[size:], content[:size]...), 0o600)
	},
	"zeros": func(name string) error {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, make([]byte, info.Size()), 0o600)
	},
}

func TestADamagedScratchGivesNoAnswer(t *testing.T) {
	for what, do := range harm {
		damage := func(folder string) {
			files, err := filepath.Glob(filepath.Join(folder, left+"*", "*"))
			if err != nil || len(files) == 0 {
				t.Fatal("nothing lies there to harm: ", err)
			}
			for _, name := range files {
				if err := do(name); err != nil {
					t.Fatal(err)
				}
			}
		}
		folder := t.TempDir()
		before, after := numbers(30_000, 1, 1), numbers(30_000, 1, 2)
		open := after.Parts[0]
		after.Parts[0] = func(ctx context.Context) columnar.Batches {
			damage(folder)
			return open(ctx)
		}
		c, err := within(context.Background(), before, after, []string{"id"}, folder, 1<<18)
		if !errors.Is(err, ErrScratch) {
			t.Errorf("%s while it compared: %v", what, err)
		}
		c.Close()

		folder = t.TempDir()
		c, err = within(context.Background(), numbers(30_000, 1, 1), numbers(30_000, 1, 2), []string{"id"}, folder, 1<<16)
		if err != nil {
			t.Fatal(err)
		}
		damage(folder)
		for _, err = range c.Rows(context.Background()) {
			if err != nil {
				break
			}
		}
		if !errors.Is(err, ErrScratch) {
			t.Errorf("%s after it compared: %v", what, err)
		}
		c.Close()
	}
}

func TestWhatWaitsComesBackOrIsNoAnswer(t *testing.T) {
	s := stack{scratch: &scratch{parent: t.TempDir()}, most: 8}
	defer s.scratch.remove()
	for range 2 {
		for i := range uint64(99) {
			if err := s.push(i); err != nil {
				t.Fatal(err)
			}
		}
		for i := range uint64(50) {
			if at, err := s.pop(); err != nil || at != 98-i {
				t.Fatal(at, err)
			}
		}
		if _, err := s.file.WriteAt(binary.LittleEndian.AppendUint64(nil, 7), 0); err != nil {
			t.Fatal(err)
		}
		var err error
		for i := uint64(48); err == nil && !s.empty(); i-- {
			var at uint64
			if at, err = s.pop(); err == nil && at != i {
				t.Fatal(at, i)
			}
		}
		if !errors.Is(err, ErrScratch) {
			t.Error(err)
		}
		s.held, s.full = nil, 0
	}
}

func TestAScratchFolderThatCannotBeWrittenIsSaid(t *testing.T) {
	_, err := within(context.Background(), numbers(9000, 1, 1), numbers(9000, 1, 1), nil, filepath.Join(t.TempDir(), "none"), 1<<12)
	if !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func BenchmarkAMillionRowsComparedIn32MiB(b *testing.B) {
	for b.Loop() {
		c, err := Compare(context.Background(), numbers(1_000_000, 1, 1), numbers(1_000_000, 1, 2), []string{"id"}, b.TempDir(), 32<<20)
		if err != nil {
			b.Fatal(err)
		}
		c.Close()
	}
}
