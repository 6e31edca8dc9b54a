package estate

import (
	"cmp"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// Underway is what is known of the run of a folder that is not over, and of nothing else there.
func Underway(f store.Folder) Standing {
	s := Standing{Folder: f}
	s.begun()
	return s
}

// begun looks what is known of the run that is not over.
func (s *Standing) begun() {
	open, id, err := s.Folder.Unfinished()
	if err != nil || open == nil {
		return
	}
	defer func() { _ = open.Close() }()
	s.Open, s.Taken = id, s.Folder.Busy()
	s.Partial, _ = CoverageOf(open)
	_, _ = open.Fact("began", &s.Began)
	s.By = IdentityOf(open)
	s.By.Name = cmp.Or(s.By.Name, s.Partial.Place.As)
	connector.Known().Note(connector.KindSP, s.By.Name, s.By.DisplayName)
}

// said is how somebody is named in a sentence, empty where that is not known.
func (i Identity) said() string {
	who := i.Name
	if !strings.Contains(who, "@") { // a service principal goes by an ID
		who = cmp.Or(i.DisplayName, who)
	}
	return connector.ShownText(connector.CleanLine(who, 120))
}

// SayOpen says of the run that is not over whether it is being taken now, and otherwise what is known of it; empty where there is none.
func (s Standing) SayOpen() string {
	switch {
	case s.Open == "":
		return ""
	case s.Taken:
		return "The run " + s.Open + " is being taken now, in another window or by a schedule."
	}
	return strings.TrimSpace("The run " + s.Open + " is not over. " + s.SayBegun())
}

// SayBegun says of the run that is not over by whom and when it was begun, whether with the account, and how much of it is kept.
func (s Standing) SayBegun() string {
	if s.Open == "" {
		return ""
	}
	text := "Begun"
	if who := s.By.said(); who != "" {
		text += " by " + who
	}
	if !s.Began.IsZero() {
		text += ", " + s.Began.Local().Format("2006-01-02 15:04")
	}
	switch {
	case s.Partial.Place.Host == "": // nothing was asked yet
	case s.Partial.Place.Account != "":
		text += ", with the account"
	default:
		text += ", without the account"
	}
	_, size := s.Folder.File(s.Open)
	return text + "; " + words.Bytes(size) + " are kept."
}

// GivesUp says what becomes of the run that is not over when a new one is begun in its place.
func (s Standing) GivesUp() string {
	if s.Open == "" {
		return ""
	}
	return s.SayOpen() + " That goes when the new run begins; where it is somebody else's, when the new run is whole."
}

// SayOnly says of the run that is not over, where no other is whole, what is known of it and where it goes on; empty where there is none.
func (s Standing) SayOnly() string {
	switch {
	case s.Open == "":
		return ""
	case s.Taken:
		return "One is being taken now. " + s.Partial.SayShort() + " so far."
	}
	return "One is not over. " + s.SayBegun() + " It goes on under Inventory."
}

// SayNone says that there is no whole inventory of the workspace, as a heading has it.
func (s Standing) SayNone() string {
	if s.Open == "" {
		return NoneYet
	}
	return "No inventory of this workspace is whole yet"
}
