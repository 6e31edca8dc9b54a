package schedule

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// launchd is a property list of an agent, after launchd.plist(5). launchd tries nothing again, so the shell that it starts does. A Mac that slept at the
// time runs it when it wakes.
func (s Spec) launchd() []File {
	command := []string{shellWord(s.Program)}
	for _, a := range s.arguments("--quiet") {
		command = append(command, shellWord(a))
	}
	// There is no timeout(1) on a Mac, so a shell beside it ends a try.
	again := fmt.Sprintf("for wait in %s0; do %s & try=$!; { trap 'kill $nap; exit' TERM; sleep %d & nap=$!; wait $nap; kill $try; } & end=$!; wait $try; code=$?; kill $end; [ $code = 0 ] && break; sleep $wait; done",
		strings.Repeat(fmt.Sprint(int(pause.Seconds()))+" ", retries), strings.Join(command, " "), int(longest.Seconds()))
	var at strings.Builder
	for _, hour := range s.hours() {
		fmt.Fprintf(&at, "\t\t<dict><key>Hour</key><integer>%d</integer><key>Minute</key><integer>%d</integer></dict>\n", hour, s.At.Minute())
	}
	text := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key><string>%s</string>
	<key>ProgramArguments</key>
	<array>
		<string>/bin/sh</string>
		<string>-c</string>
		<string>%s</string>
	</array>
	<key>EnvironmentVariables</key>
	<dict><key>DRAFTT_DATABRICKS_HOME</key><string>%s</string></dict>
	<key>StartCalendarInterval</key>
	<array>
%s	</array>
	<key>Umask</key><integer>63</integer>
	<key>ProcessType</key><string>Background</string>
</dict>
</plist>
`, s.slug(), escaped(again), escaped(s.Home), at.String())
	return []File{{s.slug() + ".plist", text}}
}

// taskScheduler is a task of Windows in XML, after the Task Scheduler schema, version 1.2. A run that was missed begins as soon as the machine is on. It
// returns *ErrText for what Windows PowerShell does not hand on to a program as it is.
func (s Spec) taskScheduler() ([]File, error) {
	command := []string{"&", powerWord(s.Program)}
	for _, a := range s.arguments("--quiet") {
		if strings.Contains(a, `"`) || strings.HasSuffix(a, `\`) {
			return nil, &ErrText{a}
		}
		command = append(command, powerWord(a))
	}
	if strings.Contains(s.Program+s.Home, `"`) {
		return nil, &ErrText{s.Program}
	}
	// A task is tried again only where it could not be started, so PowerShell tries it again where it fails.
	line := fmt.Sprintf("$env:DRAFTT_DATABRICKS_HOME = %s; foreach ($wait in %s0) { %s; if ($LASTEXITCODE -eq 0) { break }; Start-Sleep -Seconds $wait }; exit $LASTEXITCODE",
		powerWord(s.Home), strings.Repeat(fmt.Sprint(int(pause.Seconds()))+", ", retries), strings.Join(command, " "))
	var triggers strings.Builder
	for _, hour := range s.hours() {
		fmt.Fprintf(&triggers, "    <CalendarTrigger><StartBoundary>2026-01-01T%02d:%02d:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>\n",
			hour, s.At.Minute())
	}
	text := fmt.Sprintf(`<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>%s with Draftt</Description></RegistrationInfo>
  <Triggers>
%s  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT%dH</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec><Command>powershell.exe</Command><Arguments>-NoProfile -NonInteractive -Command "%s"</Arguments></Exec>
  </Actions>
</Task>
`, escaped(s.said()), triggers.String(), int(longest/time.Hour)*(retries+1), escaped(line))
	return []File{{s.slug() + ".xml", text}}, nil
}

// shellWord is a text as one word of sh.
func shellWord(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// powerWord is a text as one word of PowerShell, to which typographic quotes are quotes as well.
func powerWord(text string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(text) + "'"
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes all
	return b.String()
}
