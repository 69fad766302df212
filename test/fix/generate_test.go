package fix_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// An object is a map in the order in which it is written.
type object []member

type member struct {
	key   string
	value any
}

// What a template has besides plain values.
type (
	ref    string             // of a parameter
	choice struct{ a, b any } // by a condition that nobody knows
	lookup string             // of the only value of a mapping
	gone   struct{}           // no value: the property is not written
)

const noValue = ref("AWS::NoValue")

// A pair is something before and after the fix, which the generator knows without
// asking the program.
type pair struct{ before, after any }

// same is what the fix leaves.
func same(v any) pair { return pair{v, v} }

// A generator makes resources of the ECS API, or of a template.
type generator struct {
	t        *rapid.T
	template bool
	defaults [2]object // of parameters, before and after
	mappings [2]object
	open     bool // the condition is used
	shared   map[any]string
	n        int
}

func (g *generator) pick(what string, n int) int { return rapid.IntRange(0, n-1).Draw(g.t, what) }

func (g *generator) name(prefix string) string {
	g.n++
	return fmt.Sprintf("%s%d", prefix, g.n)
}

func (g *generator) parameter(before, after any) ref {
	name := g.name("P")
	g.defaults[0] = append(g.defaults[0], member{name, before})
	g.defaults[1] = append(g.defaults[1], member{name, after})
	return ref(name)
}

// value is one that is bad in some way, and what becomes of it. good is what it is
// set to; for a property that is to be removed it is gone.
func (g *generator) value(bad, good, fine any) pair {
	_, remove := good.(gone)
	n := 3
	if g.template {
		n = 9
	}
	none := good
	if remove {
		none = noValue
	}
	switch g.pick("how it is written", n) {
	case 0, 1:
		return pair{bad, good}
	case 2:
		return same(fine)
	case 3:
		if remove {
			return pair{g.parameter(text(bad), text(bad)), good}
		}
		return same(g.parameter(text(bad), text(good)))
	case 4: // used in two places
		name, ok := g.shared[bad]
		if !ok {
			name = string(g.parameter(text(bad), text(bad)))
			g.shared[bad] = name
		}
		return pair{ref(name), good}
	case 5:
		g.open = true
		return pair{choice{bad, bad}, choice{none, none}}
	case 6:
		g.open = true
		return same(choice{bad, fine})
	case 7:
		return same(g.parameter(gone{}, gone{}))
	default:
		name := g.name("M")
		after := text(bad)
		if !remove {
			after = text(good)
		}
		g.mappings[0] = append(g.mappings[0], member{name, object{{"k", object{{"v", text(bad)}}}}})
		g.mappings[1] = append(g.mappings[1], member{name, object{{"k", object{{"v", after}}}}})
		if remove {
			return pair{lookup(name), good}
		}
		return same(lookup(name))
	}
}

// text is a value as parameters have it.
func text(v any) any {
	if b, ok := v.(bool); ok {
		return fmt.Sprint(b)
	}
	return v
}

// A double is an object before and after.
type double struct{ before, after object }

func (d *double) put(key string, p pair) {
	if _, no := p.before.(gone); !no {
		d.before = append(d.before, member{key, p.before})
	}
	if _, no := p.after.(gone); !no {
		d.after = append(d.after, member{key, p.after})
	}
}

func (d *double) pair() pair { return pair{d.before, d.after} }

// shuffle puts the members before in some order; that of those after counts for
// nothing.
func (d *double) shuffle(g *generator) {
	d.before = rapid.Permutation(d.before).Draw(g.t, "order")
}

func (g *generator) taskDefinition(name string) pair {
	var d double
	d.put("family", same(name))
	host := g.pick("network", 3) == 0
	if host {
		d.put("networkMode", same("host"))
	} else if g.pick("awsvpc", 2) == 0 {
		d.put("networkMode", same("awsvpc"))
	}
	if g.pick("pid", 3) > 0 {
		d.put("pidMode", g.value("host", gone{}, "task"))
	}
	var containers [2][]any
	for i := range g.pick("containers", 3) + 1 {
		c := g.container(fmt.Sprintf("c%d", i), host)
		containers[0], containers[1] = append(containers[0], c.before), append(containers[1], c.after)
	}
	d.put("containerDefinitions", pair{containers[0], containers[1]})
	d.shuffle(g)
	return d.pair()
}

const user = "1000"

func (g *generator) container(name string, host bool) pair {
	var d double
	d.put("name", same(name))
	if g.pick("image", 2) == 0 {
		d.put("image", same("example.com/"+name+":1"))
	}
	before := []any{gone{}, "root", "0:0", "1001"}[g.pick("user", 4)]
	after := before
	privileged := g.pick("privileged", 4)
	if host && before != "1001" && privileged < 3 {
		after = user // without it, or with privileged gone
	}
	d.put("user", pair{before, after})
	switch {
	case privileged == 0:
		d.put("privileged", pair{true, gone{}})
	case privileged == 1:
		d.put("privileged", same(false))
	case privileged == 3 && !host:
		d.put("privileged", g.value(true, gone{}, false))
	case privileged == 3 && before != "1001":
		d.before, d.after = without(d.before, "user"), without(d.after, "user")
		d.put("user", pair{before, user})
	}
	switch g.pick("read-only", 4) {
	case 0:
		d.put("readonlyRootFilesystem", pair{gone{}, true})
	case 1:
		d.put("readonlyRootFilesystem", pair{nil, true})
	default:
		d.put("readonlyRootFilesystem", g.value(false, true, true))
	}
	g.environment(&d)
	d.put("logConfiguration", g.logs(name))
	if g.pick("extra", 3) == 0 {
		d.put("command", same([]any{"run", "--all"}))
	}
	d.shuffle(g)
	return d.pair()
}

func without(o object, key string) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool { return m.key == key })
}

func arn(name string) string { return "arn:aws:ssm:eu-west-1:111122223333:parameter/" + name }

// environment is one of which some variables move to the secrets.
func (g *generator) environment(d *double) {
	if g.pick("environment", 3) == 0 {
		return
	}
	var before, after, moved []any
	var secrets []string
	for range g.pick("variables", 4) {
		name := []string{"STAGE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "LEVEL"}[g.pick("variable", 4)]
		v := object{{"name", name}, {"value", g.name("canary")}}
		before = append(before, v)
		switch {
		case name == "STAGE" || name == "LEVEL":
			after = append(after, v)
		case !slices.Contains(secrets, name):
			secrets = append(secrets, name)
		}
	}
	for _, s := range secrets {
		moved = append(moved, object{{"name", s}, {"valueFrom", arn(s)}})
	}
	d.put("environment", pair{nonNil(before), nonNil(after)})
	switch g.pick("secrets", 3) {
	case 0:
		var there any = []any{}
		if g.pick("null", 2) == 0 {
			there = nil
		}
		if len(moved) == 0 {
			d.put("secrets", same(there))
			return
		}
		d.put("secrets", pair{there, moved})
	case 1:
		other := object{{"name", "OTHER"}, {"valueFrom", "other"}}
		d.put("secrets", pair{[]any{other}, append([]any{other}, moved...)})
	default:
		if len(moved) > 0 {
			d.put("secrets", pair{gone{}, moved})
		}
	}
}

func nonNil(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}

const logGroup, logRegion = "/ecs/group", "eu-west-1"

func (g *generator) logs(name string) pair {
	var region any = logRegion
	if g.template {
		region = ref("AWS::Region")
	}
	wanted := object{{"awslogs-group", logGroup}, {"awslogs-region", region}, {"awslogs-stream-prefix", name}}
	full := object{{"logDriver", "awslogs"}, {"options", wanted}}
	switch g.pick("logs", 6) {
	case 0:
		return pair{gone{}, full}
	case 1:
		return pair{nil, full}
	case 2:
		return pair{object{}, full}
	case 3:
		mine := object{{"awslogs-group", "mine"}, {"mode", "non-blocking"}}
		return pair{object{{"options", mine}}, object{{"logDriver", "awslogs"}, {"options", append(mine, wanted[1:]...)}}}
	case 4:
		return pair{object{{"logDriver", ""}, {"options", object{}}}, full}
	default:
		return same(object{{"logDriver", "fluentd"}})
	}
}

func (g *generator) service(name string) pair {
	var d double
	d.put("serviceName", same(name))
	d.put("launchType", same("FARGATE"))
	if g.pick("version", 3) > 0 {
		d.put("platformVersion", g.value("1.3.0", "LATEST", "LATEST"))
	}
	var vpc, net double
	vpc.put("subnets", same([]any{"subnet-1", "subnet-2"}))
	vpc.put("assignPublicIp", g.value("ENABLED", "DISABLED", "DISABLED"))
	vpc.shuffle(g)
	net.put("awsvpcConfiguration", vpc.pair())
	d.put("networkConfiguration", net.pair())
	d.put("taskDefinition", same("elsewhere"))
	d.shuffle(g)
	return d.pair()
}

func (g *generator) cluster(name string) pair {
	var d double
	d.put("clusterName", same(name))
	on := []any{object{{"name", "containerInsights"}, {"value", "enabled"}}}
	switch g.pick("settings", 4) {
	case 0:
		d.put("settings", pair{gone{}, on})
	case 1:
		d.put("settings", pair{nil, on})
	case 2:
		d.put("settings", pair{[]any{}, on})
	default:
		var s double
		s.put("name", same("containerInsights"))
		s.put("value", g.value("disabled", "enabled", "enhanced"))
		s.shuffle(g)
		d.put("settings", pair{[]any{s.before}, []any{s.after}})
	}
	d.shuffle(g)
	return d.pair()
}
