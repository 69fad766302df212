package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// What a module may have at most. HCL's parser and evaluator recurse and know no
// limits of their own.
const (
	maxSource    = 4 << 20 // bytes of a file
	maxNesting   = 200     // brackets in brackets
	maxOperators = 500     // in one expression
	maxInstances = 1000    // of a resource or module, and of the elements of a loop
	maxResources = 20_000  // of a root module
	maxCalls     = 10_000  // instances of modules
	maxReferring = 200     // expressions that refer to others
	maxBits      = 4096    // of a number
	maxModules   = 24      // modules in modules
	maxSize      = 1 << 20 // of a value, about in bytes
	maxWork      = 1 << 21 // of an expression, in values made
	maxTotal     = 1 << 23 // of all expressions of a root module
)

// tooComplex says of a text in HCL's own syntax why it is not parsed, "" if it
// may be.
func tooComplex(data []byte, name string) string {
	tokens, _ := hclsyntax.LexConfig(data, name, hcl.InitialPos) // errors are the parser's to report
	return complexity(tokens)
}

func complexity(tokens hclsyntax.Tokens) string {
	type level struct {
		operators int
		lines     bool // a line's end ends an expression
	}
	levels := []level{{lines: true}}
	for _, t := range tokens {
		top := &levels[len(levels)-1]
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp,
			hclsyntax.TokenTemplateControl, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
			levels = append(levels, level{lines: t.Type == hclsyntax.TokenOBrace})
			if len(levels) > maxNesting {
				return "is nested too deeply"
			}
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd,
			hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
			if len(levels) > 1 {
				levels = levels[:len(levels)-1]
			}
		case hclsyntax.TokenComma:
			top.operators = 0
		case hclsyntax.TokenNewline:
			if top.lines {
				top.operators = 0
			}
		case hclsyntax.TokenNumberLit:
			if hugeNumber(string(t.Bytes)) {
				return "has a number that is too large"
			}
		case hclsyntax.TokenIdent, hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit, hclsyntax.TokenComment:
		default:
			if top.operators++; top.operators > maxOperators {
				return "has an expression that is too long"
			}
		}
	}
	return ""
}

// size is about how many bytes a value takes, counted up to maxSize.
func size(v cty.Value) int {
	n := 0
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		n += 16
		v, _ = v.Unmark()
		if n >= maxSize || !v.IsKnown() || v.IsNull() {
			return n < maxSize, nil
		}
		switch v.Type() {
		case cty.String:
			if n += len(v.AsString()); hugeNumber(v.AsString()) {
				n += maxSize
			}
		case cty.Number:
			if bits := v.AsBigFloat().MantExp(nil); bits > maxBits || bits < -maxBits {
				n += maxSize
			}
		}
		return n < maxSize, nil
	})
	return n
}

// hugeNumber tells whether a text is a number whose digits would fill the memory:
// 1e999999999.
func hugeNumber(s string) bool {
	i := strings.IndexAny(s, "eE")
	if i < 1 || len(s) > 64 || strings.Trim(s[:i], " +-.0123456789") != "" {
		return false
	}
	digits := strings.TrimLeft(strings.TrimSpace(s[i+1:]), "+-0")
	return len(digits) > 2 && strings.Trim(digits, "0123456789") == ""
}
