package screentest

// What tests type in.
const (
	AHost       = "adb-7405605741000000.0.azuredatabricks.net"
	AnotherHost = "adb-1111111111111111.1.azuredatabricks.net"
	AClientID   = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
)
