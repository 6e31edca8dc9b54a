package admin

// KillPoints are the points of a step at which tests outside this package have a process die.
var KillPoints = killPoints

// ErrKilled is what Apply gives then.
var ErrKilled = errKilled

// KillAt has Apply die at one point of one step; zero lets it live.
func (s *Session) KillAt(step int, at string) {
	s.fault = func(m moment) error {
		if m.step == step && m.at == at {
			return errKilled
		}
		return nil
	}
}

// CheckPromises holds every write that a workspace saw against a journal, and IsWrite tells one.
var (
	CheckPromises = checkPromises
	IsWrite       = func(method, path string) bool { return isWrite(method, path) || method == "DELETE" }
)
