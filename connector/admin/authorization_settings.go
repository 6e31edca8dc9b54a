package admin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/words"
)

// PlanSettings plans to switch tokens on or off, or to limit the life of new ones. The name to be typed is how many tokens stop working.
// Where the session signed in with a token itself, switching them off is refused unless insist is set, with a *connector.Error that is ErrOwnToken.
func (s *Session) PlanSettings(snapshot *authorization.Snapshot, to authorization.Settings, insist bool) (Plan, error) {
	if err := mustManage(snapshot, authorization.ChangeSettings); err != nil {
		return Plan{}, err
	}
	if snapshot.ByToken && !to.Enabled && !insist {
		return Plan{}, &connector.Error{
			Kind: ErrRefused, Cause: ErrOwnToken, What: "This session signed in with a personal access token, which would stop working, and with it the way to switch tokens on again.",
			Remedy: "Sign in with another credential, or insist.",
		}
	}
	is, effect := snapshot.Settings, snapshot.SettingEffect(to)
	p := s.newPlan(purposeSettings, Target{DisplayName: "the settings of personal access tokens"})
	p.Name, p.counted, p.settings = strconv.Itoa(len(effect.Stopping)), true, &settingsPlan{is, to, stopping(effect)}
	values := map[string]string{}
	if is.Enabled != to.Enabled {
		values[settingTokens] = strconv.FormatBool(to.Enabled)
	}
	if is.MaxDays != to.MaxDays {
		values[settingMax] = strconv.Itoa(to.MaxDays)
		if to.MaxDays == 0 {
			values[settingMax] = ""
		}
	}
	if len(values) == 0 {
		return p, nil
	}
	switch {
	case len(effect.Stopping) > 0:
		p.warn("%s stop working at once. None is deleted: switched on again, those that have not ended work again. Partner Connect needs tokens switched on.", words.Count(len(effect.Stopping), "token"))
	case len(effect.Reviving) > 0:
		p.warn("%s work again.", words.Count(len(effect.Reviving), "token"))
	}
	if len(effect.Longer) > 0 {
		p.warn("%s last longer than a new one may, and stay as they are.", words.Count(len(effect.Longer), "token"))
	}
	request, err := withBody(http.MethodPatch, settingsPath, values)
	if err != nil {
		return Plan{}, err
	}
	return p, p.add(Change{
		Kind: ChangeSettings, Object: "personal access tokens", Before: settingText(is), After: settingText(to),
		Undo: "Set it back: " + settingText(is) + ".", Why: "It was asked for.", subject: subject{request: &request},
	})
}

func settingText(s authorization.Settings) string {
	text := map[bool]string{true: "enabled", false: "disabled"}[s.Enabled]
	if s.MaxDays == 0 {
		return text + ", no longest life of its own"
	}
	return fmt.Sprintf("%s, new ones last at most %d days", text, s.MaxDays)
}

// settingsPlan is what a plan about the settings was made from.
type settingsPlan struct {
	from, to authorization.Settings
	stopping []string // ids of tokens
}

func stopping(e authorization.SettingEffect) (ids []string) {
	for _, o := range e.Stopping {
		ids = append(ids, o.ID)
	}
	slices.Sort(ids)
	return ids
}

// guardSettings counts again before the settings are sent. It reports whether they are as planned already. The error is an *connector.Error that is
// ErrChanged where the settings or the tokens that stop are not as they were.
func (r *run) guardSettings(ctx context.Context) (already bool, err error) {
	planned := r.plan.settings
	now, err := r.session.Authorization(ctx, authorization.Tokens)
	switch {
	case err != nil:
		return false, err
	case now.Settings == planned.to:
		return true, nil
	case now.Settings != planned.from:
		return false, changed("The settings are not as they were when this was planned.")
	case !slices.Equal(stopping(now.SettingEffect(planned.to)), planned.stopping):
		return false, changed("Which tokens stop working is not as it was when this was planned.")
	}
	return false, nil
}
