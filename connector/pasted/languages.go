package pasted

// What systems say of a name, a refusal, a wait, a cut, a certificate and a route, as expressions for the languages besides English that
// Windows, glibc and .NET speak: German, French, Spanish, Italian, Portuguese, Dutch,
// Polish, Japanese and Chinese.
const (
	LocalDNS = `host ist (?:unbekannt|nicht bekannt)|name oder dienst (?:ist )?nicht bekannt|remotename konnte nicht aufgelöst|` +
		`namensauflösung|hôte (?:inconnu|est inconnu)|hôte n'est connu|aucun hôte|nom ou service inconnu|` +
		`nom distant n'a pu être résolu|nom distant n'a pas pu être résolu|résolution du nom|host desconocido|` +
		`host es desconocido|host conocido|no se conoce el host|no se conoce ningún host|nombre o servicio desconocido|` +
		`nombre remoto|resolución de nombre|host sconosciuto|nome o servizio sconosciuto|nome remoto|host (?:não é conhecido|` +
		`desconhecido)|nome ou serviço desconhecido|onbekende host|host is onbekend|nieznany host|nie jest znany|ホストは不明|` +
		`不明なホスト|名前またはサービスが不明|リモート名を解決|名前解決|不知道这样的主机|未知的名称或服务|无法解析`
	LocalRefused = `zielcomputer die verbindung verweigert|verbindungsaufbau abgelehnt|verbindung verweigert|` +
		`cible l'a expressément refusée|connexion refusée|equipo de destino denegó|conexión (?:rehusada|rechazada|denegada)|` +
		`rifiuto persistente|connessione rifiutata|máquina de destino as recusou|conexão recusada|verbinding geweigerd|` +
		`actief geweigerd|aktywnie jej odmawia|połączenie odrzucone|対象のコンピューターによって拒否|接続を拒否|接続が拒否|积极拒绝|拒绝连接|连接被拒绝`
	LocalTimeout = `gegenstelle nach einer bestimmten zeitspanne|wartezeit für die verbindung|zeitüberschreitung|zeitlimit (?:der|des|` +
		`für)[^.]{0,40}(?:verbindung|vorgang|überschritten)|timeout für vorgang|n'a pas répondu convenablement|` +
		`délai d'attente|délai de connexion|no respondió adecuadamente|tiempo de (?:espera|conexión)|` +
		`non ha risposto correttamente|connessione scaduta|timeout della connessione|não respondeu corretamente|` +
		`tempo esgotado|tempo limite|niet goed gereageerd|niet juist geantwoord|przekroczono (?:limit czasu|czas)|正しく応答しなかった|` +
		`タイムアウト|没有正确答复|没有反应|连接超时|操作超时`
	LocalCut = `vom remotehost geschlossen|verbindung (?:wurde )?(?:vom kommunikationspartner )?zurückgesetzt|` +
		`verbindung wurde (?:unerwartet )?(?:getrennt|geschlossen|beendet)|fermée par l'hôte distant|` +
		`connexion (?:sous-jacente|réinitialisée|ré-initialisée)|existente por el host remoto|conexión (?:reinicializada|` +
		`restablecida)|interrotta (?:forzatamente )?dall'host remoto|connessione interrotta|` +
		`conexão existente pelo host remoto|conexão (?:fechada|redefinida)|externe host|zdalny host|リモート ?ホストに(?:強制的に)?切断|` +
		`接続が(?:リセット|切断)|远程主机强迫关闭|连接被重置|连接被对方重`
	LocalCertificate = `remotezertifikat (?:ist|wurde)|zertifikatkette|nicht vertrauenswürdig|certificat (?:distant|` +
		`du serveur) (?:n'est pas|est non|a été)|chaîne de certificats|certificado remoto|cadena de certificados|` +
		`certificato remoto|certificato (?:del server )?non|cadeia de certificados|externe certificaat|zdalny certyfikat|` +
		`リモート証明書|証明書チェーン|远程证书|证书链`
	LocalRoute = `keine route zum|netzwerk (?:ist )?nicht erreichbar|nicht verfügbares netzwerk|host ist nicht erreichbar|` +
		`aucun chemin d'accès|réseau (?:n'est pas|impossible|inaccessible)|hôte inaccessible|ninguna ruta|` +
		`red (?:es )?inaccesible|red no accesible|nessun instradamento|rete non raggiungibile|sem rota|` +
		`rede (?:está )?inacessível|geen route|brak (?:trasy|drogi) do|ネットワーク(?:に|へ)?到達|到達できない|経路がありません|无法(?:访问|连接)的(?:网络|` +
		`主机)|没有到主机的路由|网络不可达`
)
