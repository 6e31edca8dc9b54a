package pasted

// The privileges of Unity Catalog and of the table access control before it, and what they are granted on.
const (
	anyPrivilege = `(?:ALL PRIVILEGES|APPLY TAG|BROWSE|CREATE(?: [A-Z]{3,20}){0,3}|EXECUTE|EXTERNAL USE (?:SCHEMA|LOCATION)|` +
		`MANAGE(?: ALLOWLIST)?|MODIFY(?:_CLASSPATH)?|` +
		`READ FILES|READ VOLUME|READ[_ ]METADATA|REFRESH|SELECT|USAGE|USE[_ ](?:CATALOG|SCHEMA|CONNECTION|PROVIDER|RECIPIENT|` +
		`SHARE|MARKETPLACE ASSETS)|` +
		`WRITE FILES|WRITE VOLUME|SET SHARE PERMISSION|ACCESS)`
	Privileges = anyPrivilege + `(?:\s?(?:,| and | or )\s?` + anyPrivilege + `){0,5}`
	Securable  = `(?:any file|anonymous function|catalog|schema\w*|database|table|view|materialized view|streaming table|` +
		`foreign table|volume|routine|function|model|` +
		`(?:the )?model service|registered model|external location|storage credential|service credential|credential|` +
		`connection|share|recipient|provider|` +
		`metastore|clean room|artifact)`
)
