package cloudformation

import (
	"math/big"
	"strings"
)

// decimal writes a YAML 1.1 integer (decimal, octal, hexadecimal or binary, with
// underscores) in decimal digits. What is no integer stays as it is.
func decimal(s string) string {
	digits, base := strings.ReplaceAll(strings.TrimPrefix(s, "+"), "_", ""), 10
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	switch {
	case strings.HasPrefix(digits, "0x"), strings.HasPrefix(digits, "0X"):
		digits, base = digits[2:], 16
	case strings.HasPrefix(digits, "0b"):
		digits, base = digits[2:], 2
	case strings.HasPrefix(digits, "0o"):
		digits, base = digits[2:], 8
	case len(digits) > 1 && digits[0] == '0':
		digits, base = digits[1:], 8
	}
	if len(digits) > 100 {
		return s
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return s
	}
	if n.Sign() == 0 {
		sign = ""
	}
	return sign + n.String()
}
