package ecsapi

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlaceholders(t *testing.T) {
	for _, tt := range []struct {
		text   string
		shown  string   // as the reason names it, "" if the text is just a text
		pieces []string // what is known around it
	}{
		{"root", "", nil},
		{"", "", nil},
		{"a{b}c", "", nil},
		{"100%", "", nil},
		{"50% of 10%", "", nil},
		{"a < b > c", "", nil},
		{"${OPEN", "", nil},
		{"{{ open", "", nil},
		{"$", "", nil},
		{"$1", "", nil},
		{"<1>", "", nil},
		{"${USER}", "${USER}", []string{"", ""}},
		{"root:${GROUP}", "${GROUP}", []string{"root:", ""}},
		{"${A}:${B}", "${A}, ${B}", []string{"", ":", ""}},
		{"${DB_PASS:-s3cret}", "${DB_PASS}", []string{"", ""}},
		{"${A:-${B:-s3cret}}x", "${A}", []string{"", "x"}},
		{"${ ${A}", "${A}", []string{"${ ", ""}},
		{"${AWS::Region}", "${AWS::Region}", []string{"", ""}},
		{`${jsonencode("s3cret")}`, "${jsonencode}", []string{"", ""}},
		{`${"s3cret"}`, "${…}", []string{"", ""}},
		{"$(USER)", "$(USER)", []string{"", ""}},
		{"$USER:x", "$USER", []string{"", ":x"}},
		{"#{USER}#", "#{USER}", []string{"", ""}},
		{"%USER%", "%USER%", []string{"", ""}},
		{"a%%USER%%b", "%USER%", []string{"a", "b"}},
		{"<USER>", "<USER>", []string{"", ""}},
		{"<your-user name>", "<your-user name>", []string{"", ""}},
		{"<<USER>>", "<USER>", []string{"", ""}},
		{"<+serviceVariables.user>", "<serviceVariables.user>", []string{"", ""}},
		{"{{USER}}", "{{USER}}", []string{"", ""}},
		{"a{{ .Values.user }}b", "{{Values.user}}", []string{"a", "b"}},
		{"{{{USER}}}", "{{USER}}", []string{"", ""}},
		{"{{&USER}}", "{{USER}}", []string{"", ""}},
		{`{{ must_env "USER" }}`, "{{must_env USER}}", []string{"", ""}},
		{"{{ env `USER` `s3cret` }}", "{{env USER}}", []string{"", ""}},
		{`{{ default "s3cret" .User }}`, "{{default}}", []string{"", ""}},
		{`{{ "s3cret" }}`, "{{…}}", []string{"", ""}},
		{"{{resolve:ssm:/s3cret}}", "{{resolve}}", []string{"", ""}},
		{"a{{- .User }}", "{{User}}", nil},
		{"{{if .Prod}}1000{{else}}root{{end}}", "{{if}}, {{else}}, {{end}}", nil},
		{"{{#prod}}root{{/prod}}", "{{prod}}, {{prod}}", nil},
		{"{{! s3cret }}root", "{{…}}", nil},
		{"{{/* s3cret */}}root", "{{…}}", nil},
		{"{% if s3cret %}root{% endif %}", "{% … %}, {% … %}", nil},
		{"<% if s3cret %>root", "<% … %>", nil},
		{"%{ if s3cret }root%{ endif }", "%{ … }, %{ … }", nil},
		{"${" + strings.Repeat("a", 65) + "}", "${…}", []string{"", ""}},
		{"${A}${B}${C}${D}", "${A}, ${B}, ${C}", []string{"", "", "", "", ""}},
	} {
		t.Run(tt.text, func(t *testing.T) {
			why := placeholders(tt.text)
			if why == nil {
				if tt.shown != "" {
					t.Fatal("no placeholder found")
				}
				return
			}
			words := strings.TrimPrefix(strings.TrimPrefix(why.Text, "the placeholders "), "the placeholder ")
			shown, rest, _ := strings.Cut(words, " is not filled in")
			shown, _, _ = strings.Cut(shown, " are not filled in")
			if shown != tt.shown || rest != "" {
				t.Errorf("text %q, want one about %q", why.Text, tt.shown)
			}
			if diff := cmp.Diff(tt.pieces, why.Partial.Pieces); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPlaceholdersTakeLinearTime: no text can be made that takes long.
func TestPlaceholdersTakeLinearTime(t *testing.T) {
	for _, unit := range []string{"{", "{{", "${", "$(", "#{", "{%", "<", "<a", "%", "%a", "$a", "}", "{{-", "%{", "${a", "a::", "::"} {
		for _, size := range []int{maxText, 8 * maxText} {
			text := strings.Repeat(unit, size/len(unit))
			start := time.Now()
			placeholders(text)
			placeholders(text + "}")
			placeholders(text + "}}")
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%d bytes of %q took %v", size, unit, took)
			}
		}
	}
}
