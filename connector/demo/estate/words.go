package estate

// The words that names are made of.
var (
	givenNames = []string{
		"Adele", "Akira", "Amara", "Anton", "Beatriz", "Björn", "Chiara", "Daniel", "Elif", "Emeka", "Farida", "Freja", "Gustav", "Hana", "Hugo", "Ingrid",
		"Ivan", "Jana", "Jorge", "Kemal", "Lena", "Liam", "Mateo", "Mei", "Nadia", "Noah", "Olga", "Oscar", "Priya", "Quentin", "Rosa", "Sami",
		"Sofia", "Tariq", "Tomas", "Uma", "Viktor", "Wanda", "Yusuf", "Zoe",
	}
	familyNames = []string{
		"Abara", "Almeida", "Andersen", "Bauer", "Bianchi", "Chen", "Costa", "Demir", "Dubois", "Eriksson", "Fischer", "Fontaine", "Garcia", "Haddad", "Hansen",
		"Ito", "Ivanova", "Jansen", "Kaya", "Kim", "Kowalski", "Kumar", "Larsen", "Lopez", "Mancini", "Meyer", "Moreau", "Nagy", "Novak", "Okafor", "Olsen",
		"Park", "Pereira", "Petrov", "Popescu", "Rossi", "Sato", "Schmidt", "Silva", "Singh", "Svensson", "Takahashi", "Tran", "Usman", "Varga", "Virtanen",
		"Weber", "Wójcik", "Yilmaz", "Zhang",
	}
	divisions = []string{"commerce", "finance", "logistics", "manufacturing", "people", "research", "retail", "service", "supply", "treasury"}
	layers    = []string{"division", "region", "country", "site", "department", "area", "team", "squad", "pod", "shift"}
	roles     = []string{"readers", "writers", "stewards", "developers", "operators", "auditors", "analysts", "contractors", "leads"}
	purposes  = []string{"ingest", "export", "training", "reporting", "quality", "sync", "deploy", "monitor"}
	domains   = []string{"billing", "checkout", "clickstream", "fulfilment", "identity", "payments", "pricing", "quality", "returns", "telemetry"}
	entities  = []string{"account", "basket", "device", "invoice", "order", "parcel", "session", "shipment", "ticket", "visit", "voucher"}
	verbs     = []string{"load", "clean", "join", "score", "publish", "compare", "explore", "backfill"}
	projects  = []string{"archive", "drafts", "experiments", "forecasts", "ingest", "migration", "models", "reports", "reviews", "shared", "sources", "trials"}
)
