package demo

// The stages that scenarios end at, by their IDs. They are those of connector/check, which stands above this package.
const (
	stageValues       = "S00"
	stageAddress      = "S01"
	stageConnection   = "S02"
	stageCertificate  = "S03"
	stageWorkspace    = "S04"
	stageNetworkRules = "S05"
	stageToken        = "S06"
	stageIdentity     = "S07"
	stageSQLAccess    = "S08"
	stageWarehouse    = "S09"
	stageCanUse       = "S10"
	stageState        = "S11"
	stageCatalog      = "S13"
	stageSchema       = "S14"
	stageColumns      = "S15"
	stageRead         = "S16"
	stageReadOnly     = "S17"
	stageLifetime     = "S18"
)
