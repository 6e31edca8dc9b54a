// Command shot turns what tmux capture-pane -e -p prints into a picture of a terminal window, as PNG, as SVG, or both.
//
//	tmux capture-pane -e -p | shot -cols 100 -rows 30 -title "draftt-databricks demo" -png window.png
//
// It is a module of its own, so that what it draws with stays out of the product.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "shot:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader) error {
	flags := flag.NewFlagSet("shot", flag.ContinueOnError)
	cols := flags.Int("cols", 80, "width of the terminal in cells")
	rows := flags.Int("rows", 24, "height of the terminal in cells")
	light := flags.Bool("light", false, "a light window instead of a dark one")
	title := flags.String("title", "", "title of the window")
	cursor := flags.String("cursor", "", "where the cursor stands, as COLUMN,ROW from 0,0")
	pngFile := flags.String("png", "", "write a PNG to this file")
	svgFile := flags.String("svg", "", "write an SVG to this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *cols < 1 || *rows < 1 || *cols > 500 || *rows > 200 {
		return fmt.Errorf("a terminal of %d×%d cells cannot be drawn", *cols, *rows)
	}
	capture, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the capture: %w", err)
	}
	w := Window{Grid: Parse(string(capture), *cols, *rows), Title: *title, Look: Dark}
	if *light {
		w.Look = Light
	}
	if *cursor != "" {
		if _, err := fmt.Sscanf(*cursor, "%d,%d", &w.CursorX, &w.CursorY); err != nil {
			return fmt.Errorf("read -cursor %q: %w", *cursor, err)
		}
		w.HasCursor = true
	}
	for _, out := range []struct {
		file string
		draw func(Window, io.Writer) error
	}{{*pngFile, WritePNG}, {*svgFile, WriteSVG}} {
		if out.file == "" {
			continue
		}
		if err := write(out.file, w, out.draw); err != nil {
			return err
		}
	}
	return nil
}

func write(name string, w Window, draw func(Window, io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("make the picture: %w", err)
	}
	if err := draw(w, file); err != nil {
		_ = file.Close()
		return fmt.Errorf("draw %s: %w", name, err)
	}
	return file.Close()
}
