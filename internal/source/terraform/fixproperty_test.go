package terraform_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry"
)

// A maker writes modules in all styles, with failures of all controls.
type maker struct {
	*rand.Rand
	unit, sign            string
	quoted, commas, trail bool
	out                   strings.Builder
}

func (m *maker) yes(percent int) bool { return m.IntN(100) < percent }

func (m *maker) pick(of ...string) string { return of[m.IntN(len(of))] }

func (m *maker) comment() string {
	if m.yes(75) {
		return ""
	}
	return m.pick(" # about é", " // about it", " /* about it */")
}

func (m *maker) style() {
	m.unit, m.sign = m.pick("  ", "    ", "\t"), m.pick(" = ", " = ", "=", ": ", " : ")
	m.quoted, m.commas = m.yes(30), m.yes(50)
	m.trail = m.commas && m.yes(50)
}

// object writes one: on a line, or an entry a line.
func (m *maker) object(entries [][2]string, margin string, line bool) string {
	var out strings.Builder
	widest := 0
	if m.sign == " = " && m.yes(60) && !line {
		for _, e := range entries {
			widest = max(widest, len(e[0]))
		}
	}
	out.WriteString("{")
	for i, e := range entries {
		key := e[0]
		if m.quoted || strings.Contains(key, "-") && m.yes(50) {
			key = `"` + key + `"`
		}
		if line {
			if i > 0 {
				out.WriteString(",")
			}
			out.WriteString(" " + key + m.sign + e[1])
			continue
		}
		out.WriteString("\n" + margin + m.unit + key + strings.Repeat(" ", max(0, widest-len(key))) + m.sign + e[1])
		if m.commas && (i+1 < len(entries) || m.trail) {
			out.WriteString(",")
		}
		out.WriteString(m.comment())
	}
	if line {
		return out.String() + " }"
	}
	return out.String() + "\n" + margin + "}"
}

func (m *maker) list(items []string, margin string) string {
	switch m.IntN(3) {
	case 0:
		return "[" + strings.Join(items, ", ") + "]"
	case 1:
		return "[" + strings.Join(items, ", ") + ",]"
	}
	out := "["
	for i, x := range items {
		out += "\n" + margin + m.unit + x
		if i+1 < len(items) || m.yes(50) {
			out += ","
		}
		out += m.comment()
	}
	return out + "\n" + margin + "]"
}

func (m *maker) container(i int, margin string) string {
	entries := [][2]string{{"name", fmt.Sprintf(`"c%d"`, i)}}
	add := func(percent int, k, v string) {
		if m.yes(percent) {
			entries = append(entries, [2]string{k, v})
		}
	}
	in := margin + m.unit
	add(50, "image", `"nginx:1"`)
	add(30, "privileged", m.pick("true", "true", "false", "null", "var.yes", "local.yes", "var.open ? true : true"))
	add(40, "readonlyRootFilesystem", m.pick("true", "false", "null", "var.no", "local.no", "!local.yes", "local.no ? true : false"))
	add(20, "user", m.pick(`"root"`, `""`, `"0"`, `"1000"`))
	if m.yes(40) {
		var items []string
		for k := range 1 + m.IntN(3) {
			name := m.pick(`"AWS_ACCESS_KEY_ID"`, `"AWS_SECRET_ACCESS_KEY"`, fmt.Sprintf(`"N%d"`, k))
			items = append(items, m.object([][2]string{{"name", name}, {"value", `"hush"`}}, in+m.unit, m.yes(70)))
		}
		entries = append(entries, [2]string{"environment", m.list(items, in)})
	}
	if m.yes(20) {
		entries = append(entries, [2]string{"secrets", m.pick("[]", `[{ name = "S", valueFrom = "arn:aws:ssm:eu-west-1:111122223333:parameter/s" }]`, "local.none")})
	}
	if m.yes(30) {
		entries = append(entries, [2]string{"logConfiguration", m.pick(`{}`, "null", `{ logDriver = "awslogs" }`, `{ options = { "awslogs-region" = "eu-west-1" } }`, `{ logDriver = "", options = {} }`)})
	}
	add(30, "essential", "true")
	line := m.yes(30)
	for _, e := range entries {
		line = line && !strings.Contains(e[1], "\n")
	}
	return m.object(entries, margin, line)
}

func (m *maker) containers(margin string) string {
	var items []string
	for i := range 1 + m.IntN(3) {
		items = append(items, m.container(i, margin+m.unit))
	}
	list := m.list(items, margin)
	switch m.IntN(7) {
	case 5, 6:
		return m.text(margin)
	case 0:
		return "jsonencode(concat(" + list + ", []))"
	case 1:
		return "jsonencode([for c in [\"a\", \"b\"] : merge(" + m.pick("local.base, ", "") + m.container(0, margin) + ", { name = c })])"
	default:
		return "jsonencode(" + list + ")"
	}
}

// text writes containers as JSON in a string or a heredoc.
func (m *maker) text(margin string) string {
	in := m.pick("", "  ", "\t")
	var items []string
	for i := range 1 + m.IntN(3) {
		entries := []string{fmt.Sprintf(`"name": "c%d"`, i)}
		add := func(percent int, entry string) {
			if m.yes(percent) {
				entries = append(entries, entry)
			}
		}
		add(50, `"image": "x:${var.yes}"`)
		add(30, `"privileged": `+m.pick("true", "false", "null"))
		add(40, `"readonlyRootFilesystem": `+m.pick("true", "false", "${var.no}"))
		add(30, `"user": `+m.pick(`"root"`, `""`, `"1000"`))
		add(30, `"environment": [{"name": "AWS_ACCESS_KEY_ID", "value": "hush"}, {"name": "N", "value": "${var.open}"}]`)
		add(20, `"secrets": []`)
		add(20, `"logConfiguration": `+m.pick("{}", `{"logDriver": "awslogs"}`, `{"options": {"awslogs-region": "eu-west-1"}}`))
		add(30, `"cpu": ${var.open}`)
		if m.yes(50) {
			items = append(items, "{ "+strings.Join(entries, ", ")+" }")
			continue
		}
		items = append(items, "{\n"+in+in+strings.Join(entries, ",\n"+in+in)+"\n"+in+"}")
	}
	text := "[\n" + in + strings.Join(items, ",\n"+in) + "\n]"
	if m.yes(30) {
		text = "[" + strings.Join(items, ", ") + "]"
	}
	switch m.IntN(3) {
	case 0:
		return "<<EOT\n" + text + "\nEOT\n"
	case 1:
		return "<<-EOT\n" + margin + "  " + strings.ReplaceAll(text, "\n", "\n"+margin+"  ") + "\n" + margin + "EOT\n"
	}
	return `"` + strings.NewReplacer("\n", `\n`, `"`, `\"`, "\t", `\t`).Replace(text) + `"`
}

func (m *maker) argument(name, v string) {
	pad := m.pick("", "", "        ")
	if strings.HasSuffix(v, "\n") { // a heredoc
		m.out.WriteString(m.unit + name + " = " + v)
		return
	}
	m.out.WriteString(m.unit + name + pad + " = " + v + m.comment() + "\n")
}

func (m *maker) module() string {
	m.style()
	m.out.WriteString("variable \"yes\" {\n  default = true\n}\nvariable \"no\" {\n  default = false\n}\nvariable \"open\" {}\n")
	m.out.WriteString("locals {\n  yes  = true\n  no   = false\n  none = []\n  base = { cpu = 1 }\n}\n\n")
	for i := range 1 + m.IntN(2) {
		fmt.Fprintf(&m.out, "resource \"aws_ecs_task_definition\" \"t%d\" {\n", i)
		m.argument("family", fmt.Sprintf(`"t%d"`, i))
		if m.yes(40) {
			m.argument("network_mode", m.pick(`"host"`, `"awsvpc"`))
		}
		if m.yes(40) {
			m.argument("pid_mode", m.pick(`"host"`, `"task"`, `var.yes ? "host" : "task"`))
		}
		m.argument("container_definitions", m.containers(m.unit))
		m.out.WriteString("}\n\n")
		m.style()
	}
	m.out.WriteString("resource \"aws_ecs_cluster\" \"c\" " + m.pick("{ name = \"c\" }", "{\n  name = \"c\"\n}", "{\n  name = \"c\"\n\n  setting {\n    name  = \"containerInsights\"\n    value = \"disabled\"\n  }\n}", "{}") + "\n")
	m.out.WriteString("resource \"aws_ecs_service\" \"s\" {\n")
	m.argument("name", `"s"`)
	m.argument("launch_type", `"FARGATE"`)
	m.argument("platform_version", m.pick(`"1.3.0"`, `"LATEST"`, `local.no ? "1.4.0" : "1.2.0"`))
	fmt.Fprintf(&m.out, "  network_configuration {\n    assign_public_ip = %s\n  }\n}\n", m.pick("true", "false", `"true"`, "var.yes", "!var.no"))
	text := m.out.String()
	if m.yes(30) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if m.yes(20) {
		text = "\ufeff" + text
	}
	return text
}

// Whatever the style: what fails is mended, nothing gets worse, comments stay, and
// there is nothing to do then.
func TestFixProperty(t *testing.T) {
	n := 250
	if testing.Short() {
		n = 50
	}
	for seed := range n {
		checkFix(t, uint64(seed))
	}
}

// FuzzFix is the same for any seed.
func FuzzFix(f *testing.F) {
	f.Add(uint64(1 << 40))
	f.Fuzz(checkFix)
}

func checkFix(t *testing.T, seed uint64) {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 1))}
	text := m.module()
	if _, diags := hclsyntax.ParseConfig([]byte(text), "main.tf", hcl.InitialPos); diags.HasErrors() {
		t.Fatalf("seed %d: %v in:\n%s", seed, diags, text)
	}
	control := []string{"ECS.1", "ECS.2", "ECS.3", "ECS.4", "ECS.5", "ECS.8", "ECS.9", "ECS.10", "ECS.12"}[m.IntN(9)]
	f := &fixture{files: map[string]string{"main.tf": text}, control: control, answers: map[string]string{
		"user ": "1000", "log-group ": "/g", "log-region ": "eu-west-1",
		"secret-arn AWS_ACCESS_KEY_ID":     "arn:aws:ssm:eu-west-1:111122223333:parameter/a",
		"secret-arn AWS_SECRET_ACCESS_KEY": "arn:aws:ssm:eu-west-1:111122223333:parameter/b",
	}}
	dir := f.write(t)
	was := f.scan(t, dir)
	rounds := 0
	for f.round(t, dir) {
		if rounds++; rounds > 12 {
			t.Fatalf("seed %d: %s changes again and again:\n%s", seed, control, text)
		}
	}
	after := f.read(t, dir, "main.tf")
	if len(f.refusal) > 0 {
		t.Errorf("seed %d: %s is refused: %q:\n%s", seed, control, f.refusal, text)
	}
	before, now := worst(was), worst(f.scan(t, dir))
	for k, outcome := range now {
		switch {
		case strings.HasSuffix(k, " "+control) && outcome == ecsentry.Failed:
			t.Errorf("seed %d: %s still fails:\n%s\nwas:\n%s", seed, k, after, text)
		case outcome > before[k] && !(control == "ECS.4" && strings.HasSuffix(k, " ECS.1")):
			t.Errorf("seed %d: %s: %v, was %v:\n%s\nwas:\n%s", seed, k, outcome, before[k], after, text)
		}
	}
	if len(now) != len(before) {
		t.Errorf("seed %d: %d verdicts, were %d", seed, len(now), len(before))
	}
	removes := control == "ECS.3" || control == "ECS.4" || control == "ECS.8"
	if a, b := comments(text), comments(after); a != b && !removes {
		t.Errorf("seed %d: %s: comments %q, were %q", seed, control, b, a)
	}
	if strings.Count(after, "\r\n") != strings.Count(after, "\n") && strings.Contains(text, "\r\n") {
		t.Errorf("seed %d: %s: mixed line ends:\n%q", seed, control, after)
	}
}

func comments(text string) string {
	tokens, _ := hclsyntax.LexConfig([]byte(text), "", hcl.InitialPos)
	var out []string
	for _, tok := range tokens {
		if tok.Type == hclsyntax.TokenComment {
			out = append(out, strings.TrimSpace(string(tok.Bytes)))
		}
	}
	return strings.Join(out, "\n")
}
