package connector

// InputError is a value that a person typed and that cannot be used. What says what is wrong with it, Remedy the one thing to do.
// Both are whole sentences that are safe to show: they never carry a secret or uncleaned text.
type InputError struct {
	What   string
	Remedy string
}

// Error is What; a caller that has room shows Remedy below it.
func (e *InputError) Error() string { return e.What }
