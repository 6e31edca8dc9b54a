package panels

import (
	"context"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Admission is the session of somebody who signed in once for all screens over a workspace. It ends when they sign out or go to another workspace,
// with whoever made it, and by itself when no screen was open for a while: the credentials are in memory no longer than somebody works with them.
// It is safe for concurrent use.
type Admission struct {
	idle time.Duration

	mu      sync.Mutex
	session *admin.Session
	inside  int                // the screens that are open
	forget  context.CancelFunc // ends the wait for somebody to come back
}

// AdmittedFor is how long a session outlives the last screen that was open with it.
const AdmittedFor = 15 * time.Minute

// NewAdmission is nobody's yet.
func NewAdmission() *Admission { return &Admission{idle: AdmittedFor, forget: func() {}} }

// Session is the session that is open, nil where nobody is signed in.
func (a *Admission) Session() *admin.Session {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.session
}

// On is the session that is open on a workspace, nil where there is none.
func (a *Admission) On(host connector.Host) *admin.Session {
	if s := a.Session(); s != nil && s.Host().Same(host) {
		return s
	}
	return nil
}

// Take keeps a session that somebody opened, in place of the one before.
func (a *Admission) Take(s *admin.Session) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.end()
	a.session = s
}

// SignOut ends the session.
func (a *Admission) SignOut() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.end()
}

// end ends the session, with the lock held.
func (a *Admission) end() {
	a.forget()
	if a.session != nil {
		a.session.Close()
		a.session = nil
	}
}

// Enter counts a screen over a workspace, which is open until ctx ends. A session on another workspace ends.
func (a *Admission) Enter(ctx context.Context, host connector.Host) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.forget(); a.session != nil && !a.session.Host().Same(host) {
		a.end()
	}
	a.inside++
	contain.After(ctx, "leaving a screen of an admin session", a.leave)
}

// leave counts a screen that closed. After the last one the session waits for another.
func (a *Admission) leave() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.inside--; a.inside > 0 || a.session == nil {
		return
	}
	over, cancel := context.WithTimeout(context.Background(), a.idle)
	stop := contain.After(over, "ending an admin session that nobody uses", a.expire)
	a.forget = func() { stop(); cancel() }
}

// expire signs out whoever has not come back.
func (a *Admission) expire() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.inside == 0 {
		a.end()
	}
}
