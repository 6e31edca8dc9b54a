// Package panels is what steps and screens alike show of the engine: the ladder as a checklist, the admin who signs in and applies a plan.
package panels
