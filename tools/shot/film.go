package main

import (
	"fmt"
	"strings"
	"time"
)

// frameMark begins a line that begins a frame. No program puts a form feed into a terminal's cells.
const frameMark = "\f"

// Frame is what a window shows for a while.
type Frame struct {
	Window
	For time.Duration
}

// ParseFilm reads frames: each is a line with a form feed, how long it is shown in milliseconds and, where there is a cursor, its
// COLUMN,ROW from 0,0; then the capture. Every frame has the size, title and look of window.
func ParseFilm(captures string, window Window, cols, rows int) ([]Frame, error) {
	before, rest, found := strings.Cut(captures, frameMark)
	if !found || strings.TrimSpace(before) != "" {
		return nil, fmt.Errorf("a film begins with a form feed and the milliseconds of its first frame")
	}
	var frames []Frame
	for part := range strings.SplitSeq(rest, frameMark) {
		head, capture, _ := strings.Cut(part, "\n")
		frame, err := parseHead(head, window)
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", len(frames)+1, err)
		}
		frame.Grid = Parse(capture, cols, rows)
		frames = append(frames, frame)
	}
	return frames, nil
}

func parseHead(head string, window Window) (Frame, error) {
	frame := Frame{Window: window}
	fields := strings.Fields(head)
	if len(fields) == 0 || len(fields) > 2 {
		return frame, fmt.Errorf("%q is not MILLISECONDS [COLUMN,ROW]", head)
	}
	var milliseconds int
	if _, err := fmt.Sscanf(fields[0], "%d", &milliseconds); err != nil || milliseconds < 1 {
		return frame, fmt.Errorf("%q is no time in milliseconds", fields[0])
	}
	frame.For = time.Duration(milliseconds) * time.Millisecond
	if len(fields) == 2 {
		if err := frame.SetCursor(fields[1]); err != nil {
			return frame, err
		}
	}
	return frame, nil
}
