package schedule

import (
	"fmt"
	"strings"
	"time"
)

// systemd is a service and the timer that starts it, after systemd.service(5) and systemd.timer(5). They serve a person's own manager and
// that of the system alike.
func (s Spec) systemd() []File {
	command := []string{systemdWord(s.Program)} // of the program itself no variable is replaced
	for _, a := range s.arguments("--json") {
		command = append(command, strings.ReplaceAll(systemdWord(a), "$", "$$"))
	}
	// One start by the timer and the tries after it are within one span, and the next start by the timer begins the next one.
	span := s.Every - 5*time.Minute
	service := fmt.Sprintf(`[Unit]
Description=%s with Draftt
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=%d
StartLimitBurst=%d

[Service]
Type=oneshot
Environment=%s
ExecStart=%s
TimeoutStartSec=%d
Restart=on-failure
RestartSec=%d
NoNewPrivileges=yes
UMask=0077
`, systemdText(s.said()), int(span.Seconds()), retries+1, systemdWord("DRAFTT_DATABRICKS_HOME="+s.Home),
		strings.Join(command, " "), int(longest.Seconds()), int(pause.Seconds()))
	timer := fmt.Sprintf(`[Unit]
Description=Starts %s with Draftt

[Timer]
OnCalendar=*-*-* %s:%02d:00
Persistent=yes

[Install]
WantedBy=timers.target
`, systemdText("the "+strings.ToLower(s.said()[:1])+s.said()[1:]), list(s.hours(), "%02d"), s.At.Minute())
	return []File{{s.slug() + ".service", service}, {s.slug() + ".timer", timer}}
}

// systemdWord is a text as a unit takes it, where % begins a specifier. In arguments alone $ begins a variable besides.
func systemdWord(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%").Replace(text) + `"`
}

// systemdText is a text within a line that people read.
func systemdText(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// cron is a line of a crontab, after crontab(5). cron tries nothing again, so the line does, and cron sends what is printed by mail, so nothing
// but an error is.
func (s Spec) cron() ([]File, error) {
	command := []string{"timeout", fmt.Sprint(int(longest.Seconds())), cronWord(s.Program)}
	for _, a := range s.arguments("--quiet") {
		command = append(command, cronWord(a))
	}
	wait := fmt.Sprint(int(pause.Seconds()))
	again := fmt.Sprintf("for wait in %s0; do %s && break; sleep $wait; done", strings.Repeat(wait+" ", retries), strings.Join(command, " "))
	line := fmt.Sprintf("%d %s * * * DRAFTT_DATABRICKS_HOME=%s; export DRAFTT_DATABRICKS_HOME; %s\n", s.At.Minute(), list(s.hours(), "%d"), cronWord(s.Home), again)
	if len(line) > mostLine {
		return nil, &ErrText{line}
	}
	return []File{{s.slug() + ".crontab", line}}, nil
}

// cronWord is a text as one word of sh in a crontab, where % ends the command unless a backslash stands before it, and a backslash before that
// would take its place. printf has neither.
func cronWord(text string) string {
	text = strings.ReplaceAll(text, "'", `'\''`)
	return "'" + strings.ReplaceAll(text, "%", `'"$(printf '\045')"'`) + "'"
}
