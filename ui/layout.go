package ui

// The measures of the frame, in cells. Lists and tables are as wide as the
// window; the widest line of prose keeps sentences readable in very wide ones.
const (
	minWidth   = 60
	minHeight  = 18
	railFrom   = 80
	maxProse   = 121
	margin     = 2
	railWidth  = 15
	railTitle  = 12
	footerRows = 2 // a blank line and the keys
)

// layout says where everything goes. It is the only place that computes it.
type layout struct {
	width, height int
	tooSmall      bool
	alone         bool // no rail at all
	rail          bool // a column on the left; otherwise one line on top
	frame         int  // the part of the window that is used
	bodyX, bodyY  int
	bodyW, bodyH  int
}

func (s *Shell) layout() layout { return layoutFor(s.width, s.height, s.opt.Alone) }

func layoutFor(width, height int, alone bool) layout {
	l := layout{
		width: width, height: height,
		tooSmall: width < minWidth || height < minHeight,
		alone:    alone,
		rail:     width >= railFrom && !alone,
		frame:    width,
		bodyX:    margin,
		bodyY:    3,
	}
	switch {
	case l.rail:
		l.bodyX, l.bodyY = margin+railWidth, 2
	case l.alone:
		l.bodyY = 2
	}
	l.bodyW = max(0, l.frame-l.bodyX-margin)
	l.bodyH = max(0, height-l.bodyY-footerRows)
	return l
}
