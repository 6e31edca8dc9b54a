// Package windows walks the Windows build under Wine, on a Windows of its own in a new folder: saved connections with their key in the
// Credential Manager, kills in the middle of saves, two processes at once, and the questions and the wizard in a console, as far as Wine has
// one. It has tests only. They need a build and a Wine, which scripts/windows finds or says what is missing; without both nothing is said.
package windows
