package authorization

// What is said where the permissions on tokens are not there.
const (
	TokensNotHere = "This workspace has no permissions on personal access tokens."
	TokensRemedy  = "They are there from the Premium plan on."
)

// What is said of the permissions on passwords, which most workspaces do not have.
const (
	PasswordsNotHere = "The permissions on passwords cannot be configured here: they are there only where unified login is disabled, and every account made after 21 June 2023 has it enabled."
	PasswordsRemedy  = "Nothing has to be done. Where password access control is needed all the same, contact your Databricks representative."
	PasswordsEndedOn = "Databricks-managed passwords ended on 10 July 2024."
	PasswordsEnded   = PasswordsEndedOn + " Only a workspace that still has them is concerned; people sign in with single sign-on, and programs with OAuth or a personal access token."
)
