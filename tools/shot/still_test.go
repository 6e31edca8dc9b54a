package main

import (
	"testing"
	"time"
)

func TestTheSameScreenGivesTheSamePictureOnAnotherDay(t *testing.T) {
	first := still("Made: 2026-12-01T09:08:07Z\nTest connection  \x1b[38;5;248m122 ms\x1b[39m\n✓ Token          \x1b[38;5;248m12 ms\nChecked 14 s ago\n"+
		"Last test  1 December 2026, 09:08. on \x1b[1m127.0.0.1:40123 and 127.0.0.1:40124\nends in 2 days, on 2026-12-03\nRun 20261201T090807Z\n", time.Date(2026, 12, 1, 9, 8, 0, 0, time.UTC))
	second := still("Made: 2027-03-04T05:06:07Z\nTest connection  \x1b[38;5;248m9 ms\x1b[39m\n✓ Token           \x1b[38;5;248m1 ms\nChecked 4 s ago\n"+
		"Last test  4 March 2027, 05:06. on \x1b[1m127.0.0.1:51123 and 127.0.0.1:33333\nends in 2 days, on 2027-03-06\nRun 20270304T050607Z\n", time.Date(2027, 3, 4, 5, 6, 0, 0, time.UTC))
	want := "Made: 2026-11-20T10:42:00Z\nTest connection  \x1b[38;5;248m3 ms\x1b[39m\n✓ Token           \x1b[38;5;248m3 ms\nChecked 3 s ago\n" +
		"Last test  20 November 2026, 10:42. on \x1b[1m127.0.0.1:50443 and 127.0.0.1:50444\nends in 2 days, on 2026-11-22\nRun 20261120T104200Z\n"
	if first != want || second != want {
		t.Errorf("one day it is\n%q\nanother\n%q\nand not\n%q", first, second, want)
	}
}
