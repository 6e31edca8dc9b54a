package pasted

// What programs say of a certificate that is not valid, is another host's or is not trusted, of a handshake that failed, and of an answer
// without TLS.
const (
	Expired = `certificate has expired|CERT_HAS_EXPIRED|CertificateExpiredException|certificate expired|CertificateNotYetValid|` +
		`certificate is not yet valid|CERT_NOT_YET_VALID|SEC_E_CERT_EXPIRED|\bNotTimeValid\b`

	WrongName = `certificate is valid for .{1,300}, not |certificate is not valid for any names|hostname mismatch|` +
		`hostname '[^']{1,253}' doesn't match|ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames|` +
		`no subject alternative (?:dns )?names? |no alternative certificate subject name matches|` +
		`RemoteCertificateNameMismatch|no name matching \S{1,253} found|SEC_E_WRONG_PRINCIPAL|CERT_COMMON_NAME_INVALID|` +
		`does not match the certificate subject|SSLPeerUnverified|cannot validate certificate for`

	Untrusted = `peer certificate .{0,40}not ok|SSL certificate problem|invalid peer certificate|signed by unknown authority|` +
		`PKIX path (?:building|validation) failed|unable to find valid certification path|CERTIFICATE_VERIFY_FAILED|` +
		`certificate verify failed|unable to get (?:local )?issuer certificate|UNABLE_TO_GET_ISSUER_CERT|` +
		`UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate in certificate chain|` +
		`SEC_E_UNTRUSTED_ROOT|CERT_TRUST_|authority that is not trusted|RemoteCertificateChainErrors|` +
		`errors in the certificate chain|\b(?:UntrustedRoot|PartialChain)\b|` +
		`remote certificate (?:is|was) (?:invalid|rejected)|unable to verify the first certificate|certificate\b.{0,120}\bnot trusted|` +
		`no trusted certificate|trust anchor for certification path|unknown[_ ]ca\b|certificate[_ ]unknown|` +
		`ERR_CERT_AUTHORITY_INVALID|trust relationship for the SSL`

	BrokenTLS = `handshake failed|protocol version not supported|SSL_connect|SSLHandshakeException|handshake[_ ]failure|bad handshake|` +
		`first record does not look like a TLS handshake|SSLError|remote error: tls:|could not create SSL/TLS secure channel|` +
		`ssl connect error|ERR_SSL_|SSL_ERROR_|SSL connection could not be established|(?:ssl|tls) handshake|EPROTO\b|` +
		`received fatal alert|no appropriate protocol|UNSUPPORTED_PROTOCOL|tlsv1 alert|CRYPT_E_\w{1,40}REVOCATION|` +
		`SSLException|terminated the handshake`

	NoTLS = `server gave HTTP response to HTTPS client|unsupported or unrecognized SSL message|` +
		`plain HTTP request was sent to HTTPS port|wrong[ _]version[ _]number|packet length too long|unexpected packet format|` +
		`corrupted frame`
)
