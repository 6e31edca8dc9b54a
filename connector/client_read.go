package connector

import "strings"

var clientSetting = settingOf(`(?:oauth2?)?client[_ -]?id|application[_ -]?id|app[_ -]?id|username|uid|id`)

// ParseClientID accepts the application ID of a service principal in any form that people paste: in capitals, in braces, as urn:uuid, as a
// line of a settings file, with the dashes of a text program. It returns an *Error of kind ErrInput that recognises the values people give
// by mistake: the SCIM id, a name, and, as an ErrStray too, a secret.
func ParseClientID(text string) (ClientID, error) {
	const place = "the client ID"
	if err := RefuseStray(text, place); err != nil {
		return "", err // no part of a secret is kept
	}
	id := readID(text, clientSetting)
	if err := refusePrefixed(id, place); err != nil {
		return "", err
	}
	Known().Note(KindSP, id) // a refused one too: it is offered again, and may be on a shared screen
	switch {
	case uuidForm().MatchString(id):
		return ClientID(id), nil
	case id == "":
		return "", &Error{Kind: ErrInput, What: "The client ID is empty.", Remedy: "Copy the application ID of the service principal, a UUID."}
	case digitsOnly().MatchString(id):
		return "", &Error{Kind: ErrInput, What: "Digits only: that is the SCIM id.", Remedy: "The client ID is the application ID, a UUID."}
	}
	return "", &Error{Kind: ErrInput, What: "The client ID is not a UUID.", Remedy: "Copy the application ID of the service principal, not its name."}
}

// readID is an identifier without what stands around it, in lower case.
func readID(text string, name setting) string {
	id := lowerASCII(unwrapped(text, name))
	for _, scheme := range []string{"urn:uuid:", "urn:", "uuid:", "spn:"} {
		id = strings.TrimPrefix(id, scheme)
	}
	return strings.TrimSuffix(unwrapped(id, name), ".")
}
