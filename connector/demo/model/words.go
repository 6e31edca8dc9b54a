package model

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// ParsePrivilege is unity.ParsePrivilege with an INVALID_PARAMETER_VALUE *Error for a word that is none.
func ParsePrivilege(text string) (unity.Privilege, error) {
	p, err := unity.ParsePrivilege(text)
	return p, refused(err)
}

// ParseSecurable is unity.ParseSecurable with an INVALID_PARAMETER_VALUE *Error for an unknown type or a name with the wrong number of parts.
func ParseSecurable(kind, fullName string) (unity.Securable, error) {
	on, err := unity.ParseSecurable(kind, fullName)
	return on, refused(err)
}

// ParseName is unity.ParseName with the *Error of ParseSecurable.
func ParseName(kind unity.Kind, fullName string) (unity.Securable, error) {
	on, err := unity.ParseName(kind, fullName)
	return on, refused(err)
}

// refused makes a refusal of the request of what is wrong with a word in it.
func refused(err error) error {
	var word unity.WordError
	if errors.As(err, &word) {
		return invalidParameter("%s", word)
	}
	return err
}
