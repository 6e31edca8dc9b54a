package unity

// belowMetastore are the kinds of objects right below the metastore that are no more than their row.
var belowMetastore = []KindRow{
	{
		Kind: StorageCredentialKind, Path: "storage-credentials", Parent: MetastoreKind, SQL: words("STORAGE CREDENTIAL"),
		Opens: CreateExternalLocation, ID: "id", Missing: "STORAGE_CREDENTIAL_DOES_NOT_EXIST",
		Privileges: []Privilege{CreateExternalLocation, CreateExternalTable, ReadFiles, WriteFiles, Manage, AllPrivileges},
		Show:       Listing{"STORAGE CREDENTIALS", "name string, comment string"},
		Information: Listing{"storage_credentials", "storage_credential_id string, storage_credential_name string, storage_credential_owner string, " +
			"credential_type string, credential string, used_for_managed_storage string, comment string, " + changeColumns},
		Fields: map[string]string{"storage_credential_id": "id"},
		Grants: Listing{"storage_credential_privileges", "grantor string, grantee string, storage_credential_name string, " + privilegeColumns},
	},
	{
		Kind: ExternalLocationKind, Path: "external-locations", Parent: MetastoreKind, SQL: words("EXTERNAL LOCATION"),
		Opens: ReadFiles, Missing: "EXTERNAL_LOCATION_DOES_NOT_EXIST", Refers: map[string]Kind{"credential": StorageCredentialKind},
		Privileges: []Privilege{
			ReadFiles, WriteFiles, CreateExternalTable, CreateExternalVolume, CreateForeignSecurable, CreateManagedStorage, ExternalUseLocation,
			Browse, Manage, AllPrivileges,
		},
		Show: Listing{"EXTERNAL LOCATIONS", "name string, url string, comment string"},
		Information: Listing{"external_locations", "external_location_name string, external_location_owner string, url string, " +
			"storage_credential_id string, storage_credential_name string, read_only string, comment string, " + changeColumns},
		Fields: map[string]string{"storage_credential_id": "credential_id", "storage_credential_name": "credential_name"},
		Grants: Listing{"external_location_privileges", "grantor string, grantee string, external_location_name string, " + privilegeColumns},
	},
	{
		Kind: ConnectionKind, Path: "connections", Parent: MetastoreKind, SQL: append(words("CONNECTION"), Noun{"SERVER", "CONNECTION"}),
		Opens: UseConnection, Missing: "CONNECTION_NOT_FOUND",
		Privileges: []Privilege{UseConnection, CreateForeignCatalog, Manage, AllPrivileges},
		Show:       Listing{"CONNECTIONS", "name string, connection_type string, credential_type string, comment string"},
		Information: Listing{"connections", "connection_name string, connection_type string, connection_owner string, comment string, " +
			"created timestamp, created_by string, credential_type string, last_altered timestamp, last_altered_by string, " +
			"connection_options string, url string"},
		Fields: map[string]string{"connection_options": "options"},
		Grants: Listing{"connection_privileges", "grantor string, grantee string, connection_name string, " + privilegeColumns},
	},
	{
		Kind: ShareKind, Path: "shares", Parent: MetastoreKind, SQL: words("SHARE"), Opens: UseShare, FromAbove: true, Grantee: RecipientKind, ID: "id",
		Missing: "SHARE_DOES_NOT_EXIST", Privileges: []Privilege{Select},
		Show:        Listing{"SHARES", "name string, created_at string, created_by string, comment string"},
		Information: Listing{"shares", "share_name string, share_owner string, comment string, " + changeColumns},
		Fields:      map[string]string{"created_at": "created"},
		Grants: Listing{"share_recipient_privileges", "grantor string, recipient_name string, share_name string, privilege_type string, " +
			"inherited_from string"},
	},
	{
		Kind: RecipientKind, Path: "recipients", Parent: MetastoreKind, SQL: words("RECIPIENT"), Opens: UseRecipient, FromAbove: true, ID: "id",
		Missing: "RECIPIENT_DOES_NOT_EXIST",
		Show:    Listing{"RECIPIENTS", "name string, created_at string, created_by string, comment string, authentication_type string"},
		Information: Listing{"recipients", "recipient_name string, recipient_id string, recipient_owner string, authentication_type string, " +
			"comment string, cloud string, region string, data_recipient_global_metastore_id string, " + changeColumns},
		Fields: map[string]string{"created_at": "created", "recipient_id": "id"},
	},
	{
		Kind: ProviderKind, Path: "providers", Parent: MetastoreKind, SQL: words("PROVIDER"), Opens: UseProvider, FromAbove: true, ID: "id",
		Missing: "PROVIDER_DOES_NOT_EXIST",
		Show:    Listing{"PROVIDERS", "name string, created_at string, created_by string, comment string, authentication_type string"},
		Information: Listing{"providers", "provider_name string, provider_owner string, authentication_type string, recipient_profile_str string, " +
			"cloud string, region string, data_provider_global_metastore_id string, comment string, " + changeColumns},
		Fields: map[string]string{"created_at": "created"},
	},
}
