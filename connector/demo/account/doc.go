// Package account is the account that the embedded workspace belongs to, on a host of its own, over the same world: whoever is made at the
// account and assigned is one of the workspace, and the workspace's own groups stay there.
//
// Its API is for account admins, as Databricks documents it, and for whoever manages a group or a service principal as far as that goes.
package account
