// Command shot turns what tmux capture-pane -e -p prints into a picture of a terminal window, as PNG, as SVG, or both.
//
//	tmux capture-pane -e -p | shot -cols 100 -rows 30 -title "draftt-databricks demo" -png window.png
//
// With -film it reads many captures, each after a line with a form feed, milliseconds and perhaps the cursor, and writes one SVG that plays:
//
//	{ printf '\f900 0,1\n'; tmux capture-pane -e -p; … } | shot -cols 100 -rows 30 -film walk.svg
//
// It is a module of its own, so that what it draws with stays out of the product.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "shot:", err)
		os.Exit(1)
	}
}

// options are what the command line asks for.
type options struct {
	cols, rows                 int
	light                      bool
	title, cursor, description string
	pngFile, svgFile, filmFile string
}

func parseFlags(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("shot", flag.ContinueOnError)
	flags.IntVar(&o.cols, "cols", 80, "width of the terminal in cells")
	flags.IntVar(&o.rows, "rows", 24, "height of the terminal in cells")
	flags.BoolVar(&o.light, "light", false, "a light window instead of a dark one")
	flags.StringVar(&o.title, "title", "", "title of the window")
	flags.StringVar(&o.cursor, "cursor", "", "where the cursor stands, as COLUMN,ROW from 0,0")
	flags.StringVar(&o.description, "description", "", "what a film shows, in words")
	flags.StringVar(&o.pngFile, "png", "", "write a PNG to this file")
	flags.StringVar(&o.svgFile, "svg", "", "write an SVG to this file")
	flags.StringVar(&o.filmFile, "film", "", "read frames, and write them as an SVG that plays to this file")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.cols < 1 || o.rows < 1 || o.cols > 500 || o.rows > 200 {
		return o, fmt.Errorf("a terminal of %d×%d cells cannot be drawn", o.cols, o.rows)
	}
	return o, nil
}

func run(args []string, in io.Reader) error {
	o, err := parseFlags(args)
	if err != nil {
		return err
	}
	capture, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the capture: %w", err)
	}
	text := still(string(capture), time.Now())
	w := Window{Title: o.title, Look: Dark}
	if o.light {
		w.Look = Light
	}
	if o.filmFile != "" {
		frames, err := ParseFilm(text, w, o.cols, o.rows)
		if err != nil {
			return err
		}
		return write(o.filmFile, func(out io.Writer) error { return WriteFilm(frames, o.description, out) })
	}
	w.Grid = Parse(text, o.cols, o.rows)
	if o.cursor != "" {
		if err := w.SetCursor(o.cursor); err != nil {
			return err
		}
	}
	for _, out := range []struct {
		file string
		draw func(Window, io.Writer) error
	}{{o.pngFile, WritePNG}, {o.svgFile, WriteSVG}} {
		if out.file == "" {
			continue
		}
		if err := write(out.file, func(to io.Writer) error { return out.draw(w, to) }); err != nil {
			return err
		}
	}
	return nil
}

func write(name string, draw func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("make the picture: %w", err)
	}
	if err := draw(file); err != nil {
		_ = file.Close()
		return fmt.Errorf("draw %s: %w", name, err)
	}
	return file.Close()
}
