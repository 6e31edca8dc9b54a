package demo

// certificateScenarios end in the TLS handshake.
func certificateScenarios() []Scenario {
	return granted([]Scenario{
		{
			ID: "certificate-unknown", Title: "The network replaces the certificate",
			Story: "A proxy that inspects TLS shows a certificate of the company's own authority, which this machine does not trust.",
			Want:  Want{stageCertificate, unreachable, "untrusted-certificate", 11}, Between: CertificateReplaced,
		},
		{
			ID: "certificate-self-signed", Title: "The certificate is self-signed",
			Story: "What answers at the address shows a certificate that vouches for itself.",
			Want:  Want{stageCertificate, unreachable, "self-signed", 11}, Between: CertificateSelfMade,
		},
		{
			ID: "certificate-expired", Title: "The certificate has expired",
			Story: "The certificate ended three days ago.",
			Want:  Want{stageCertificate, unreachable, "certificate-expired", 11}, Between: CertificateExpired,
		},
		{
			ID: "certificate-not-yet-valid", Title: "The certificate is not valid yet",
			Story: "The certificate begins in two days: it was installed too early, or this machine's clock is behind.",
			Want:  Want{stageCertificate, unreachable, "certificate-not-yet", 11}, Between: CertificateTooEarly,
		},
		{
			ID: "certificate-wrong-name", Title: "The certificate is for another host",
			Story: "A portal of the network answers in the workspace's place, with a certificate for its own name.",
			Want:  Want{stageCertificate, unreachable, "certificate-name", 11}, Between: CertificateOfAnother,
		},
		{
			ID: "certificate-revoked", Title: "The handshake is refused as revoked",
			Story: "A device on the way ends the handshake with the alert of a revoked certificate.",
			Want:  Want{stageCertificate, unreachable, "tls", 11}, Between: RevokedTLS,
		},
		{
			ID: "tls-too-old", Title: "Only TLS 1.0 is spoken",
			Story: "A proxy that was never renewed answers with TLS 1.0, which is no longer taken.",
			Want:  Want{stageCertificate, unreachable, "tls", 11}, Between: OldTLS,
		},
		{
			ID: "tls-weak", Title: "Only broken ciphers are offered",
			Story: "A proxy that was never renewed offers RC4 and nothing else, which is no longer taken.",
			Want:  Want{stageCertificate, unreachable, "tls", 11}, Between: WeakCiphers,
		},
		{
			ID: "plain-http", Title: "Plain HTTP on port 443",
			Story: "What answers at the address does not speak TLS at all.",
			Want:  Want{stageCertificate, unreachable, "plain-http", 11}, Between: PlainHTTP,
		},
		{
			ID: "tls-cut", Title: "The handshake is cut off",
			Story: "A firewall lets the connection through and closes it when it sees the host's name in the handshake.",
			Want:  Want{stageCertificate, unreachable, "cut", 10}, Between: CutTLS,
		},
	})
}
