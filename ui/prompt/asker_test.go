package prompt

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// newAsker asks what input answers. Help is one line.
func newAsker(input string) (Asker, *strings.Builder) {
	p, out := newPrompt(input)
	a := Asker{Prompt: p}
	a.Help = func() { a.Say("Beans are roasted on Mondays.") }
	return a, out
}

// asks are every kind of question that an asker has.
var asks = map[string]func(Asker) error{
	"line":       func(a Asker) error { _, err := a.Line("Name", "Ada"); return err },
	"confirm":    func(a Asker) error { _, err := a.Confirm("Sure?", true); return err },
	"choose":     func(a Asker) error { _, err := a.Choose("Beans", beanNames, 0); return err },
	"decide":     func(a Asker) error { _, err := a.Decide(Shortcut{"r", "to roast"}); return err },
	"secret":     func(a Asker) error { _, err := a.Secret("Code"); return err },
	"passphrase": func(a Asker) error { _, err := a.Passphrase("Words"); return err },
}

func TestEveryQuestionHelpsGoesBackAndIsLeft(t *testing.T) {
	for name, ask := range asks {
		for typed, want := range map[string]error{"b": ErrBack, "Q": ErrLeft, "?\nb": ErrBack, "": errEnded} {
			a, out := newAsker(typed + "\n")
			if typed == "" {
				a, out = newAsker("")
			}
			if err := ask(a); !errors.Is(err, want) || !GoesAway(err) {
				t.Errorf("%s: %q was understood as %v", name, typed, err)
			}
			if said := out.String(); !strings.Contains(said, "b to go back, q to leave, ? for help") {
				t.Errorf("%s does not say how to leave it: %q", name, said)
			} else if strings.Contains(said, "Mondays") != strings.HasPrefix(typed, "?") {
				t.Errorf("%s helped otherwise than asked: %q", name, said)
			}
		}
	}
}

func TestAtTheFirstQuestionThereIsNoWayBack(t *testing.T) {
	a, out := newAsker("b\nAda\n")
	name, err := First(a, func() (string, error) { return a.Line("Name", "") })
	if name != "Ada" || err != nil || strings.Count(out.String(), "This is the first question.") != 1 {
		t.Errorf("%q, %v after %q", name, err, out)
	}
	p, said := newPrompt("b\n?\nq\n")
	q := Questions(p, "It is about coffee.")
	if text, err := q.Line("Name", ""); text != "b" || err != nil {
		t.Errorf("a command's question took b as %q, %v", text, err)
	}
	_, err = q.Line("Name", "")
	if !errors.Is(err, ErrLeft) || !strings.Contains(said.String(), "It is about coffee.\nTo answer with a single") {
		t.Errorf("%v after %q", err, said)
	}
}

func TestALetterOfItsOwnEndsAHiddenQuestion(t *testing.T) {
	made := errors.New("make words")
	a, out := newAsker("g\n")
	if _, err := a.Passphrase("Words", SecretWay{'g', "to have some made", made}); !errors.Is(err, made) {
		t.Errorf("it gave %v", err)
	}
	if want := "Words (not shown), g to have some made, b to go back, q to leave, ? for help: "; out.String() != want {
		t.Errorf("said %q", out)
	}
}

// TestALongWaitIsToldInWords lets a roast take twenty-five seconds by the test's own clock, and by one that stands still.
func TestALongWaitIsToldInWords(t *testing.T) {
	told := map[Clock]string{
		nil:      "Still roasting, 10s so far. Ctrl+C leaves.\nStill roasting, 20s so far. Ctrl+C leaves.\n",
		Halted{}: "",
	}
	for clock, want := range told {
		synctest.Test(t, func(t *testing.T) {
			a, out := newAsker("")
			a.Clock = clock
			beans, err := Patiently(t.Context(), a, "roasting", func(context.Context) (int, error) {
				time.Sleep(25 * time.Second)
				return 3, nil
			})
			if beans != 3 || err != nil || out.String() != want {
				t.Errorf("%d, %v, %q", beans, err, out)
			}
		})
	}
}

// TestAPersonWhoGoesBackEndsTheWait types while beans are roasted: for help, and then to go back.
func TestAPersonWhoGoesBackEndsTheWait(t *testing.T) {
	a, out := newAsker("?\nb\n")
	a.Ready = func(context.Context) bool { return true }
	_, err := Patiently(t.Context(), a, "roasting", func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	})
	if !errors.Is(err, ErrBack) || !strings.Contains(out.String(), "Mondays") {
		t.Errorf("%v after %q", err, out)
	}
	if undisturbed := a.Undisturbed(); undisturbed.Ready != nil || a.Ready == nil {
		t.Error("being undisturbed is the matter of one wait")
	}
}

// TestWhoeverEndsTheProgramEndsTheWait cancels what the wait stands on.
func TestWhoeverEndsTheProgramEndsTheWait(t *testing.T) {
	a, _ := newAsker("")
	ctx, end := context.WithCancel(t.Context())
	_, err := Patiently(ctx, a, "roasting", func(ctx context.Context) (int, error) {
		end()
		<-ctx.Done()
		return 0, ctx.Err()
	})
	if !errors.Is(err, ErrLeft) {
		t.Errorf("the wait ended with %v", err)
	}
}

func TestASecretInAWrongPlaceIsToldOf(t *testing.T) {
	for name, answer := range map[string]string{"confirm": "yes", "choose": "1", "decide": "r"} {
		for typed, want := range map[string]int{canary: 1, "tea": 0} {
			a, out := newAsker(typed + "\n" + answer + "\n")
			a.Exposed = func(answer string) string {
				if answer == canary {
					return "Replace it."
				}
				return ""
			}
			if err := asks[name](a); err != nil || strings.Count(out.String(), "Replace it.") != want {
				t.Errorf("%s: %v after %q", name, err, out)
			}
		}
	}
}

func TestAQuestionWithSomethingBeforeItGoesBack(t *testing.T) {
	p, _ := newPrompt("b\n")
	if _, err := Questions(p).WithBack().Line("Kind", ""); !errors.Is(err, ErrBack) {
		t.Errorf("b is taken for %v", err)
	}
}
