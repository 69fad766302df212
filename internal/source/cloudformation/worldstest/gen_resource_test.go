package worldstest

import "fmt"

func (g *generator) makeResources() {
	for i := range 1 + g.r.IntN(2) {
		g.resource(fmt.Sprintf("Task%d", i), typeTask, g.taskDefinition())
	}
	clusters := g.r.IntN(3)
	for i := range clusters {
		g.resource(fmt.Sprintf("Cluster%d", i), typeCluster, g.cluster())
	}
	if clusters > 0 && g.chance(40) {
		g.resource("Defaults", typeDefault, obj(
			"Cluster", ref("Cluster0"),
			"CapacityProviders", strs("FARGATE"),
			"DefaultCapacityProviderStrategy", g.perhaps(20, func() node { return g.strategy() })))
	}
	for i := range g.r.IntN(4) {
		g.resource(fmt.Sprintf("Service%d", i), typeService, g.service(clusters))
	}
}

func (g *generator) resource(id, typ string, properties *object) {
	r := obj("Type", typ)
	percent := 25
	if typ == typeDefault {
		percent = 60
	}
	if n := len(g.conditions.fields); n > 0 && g.chance(percent) {
		r.set("Condition", g.conditions.fields[g.r.IntN(n)].key)
	}
	r.set("Properties", properties)
	g.resources.set(id, r)
}

// put sets a property, often, to something, seldom behind a condition.
func (g *generator) put(o *object, key string, percent int, make func() node) {
	if g.chance(percent) {
		o.set(key, g.perhaps(15, make))
	}
}

func (g *generator) putLeaf(o *object, key string, k kind, percent int) {
	g.put(o, key, percent, func() node { return g.leaf(k, 2) })
}

func (g *generator) taskDefinition() *object {
	td := obj("Family", "web")
	if g.chance(50) {
		g.putLeaf(td, "NetworkMode", mode, 80)
	} else {
		td.set("NetworkMode", "host")
	}
	g.putLeaf(td, "PidMode", pid, 30)
	g.put(td, "RuntimePlatform", 30, func() node {
		o := obj("CpuArchitecture", "ARM64")
		g.putLeaf(o, "OperatingSystemFamily", system, 80)
		return o
	})
	g.put(td, "ContainerDefinitions", 95, func() node { return g.listOf(3, g.container) })
	return td
}

// listOf is a list of up to n things, each perhaps behind a condition.
func (g *generator) listOf(n int, make func() *object) node {
	l := arr()
	for range g.r.IntN(n + 1) {
		l.items = append(l.items, g.perhaps(25, func() node {
			if g.chance(3) { // a list within the list, which nothing flattens
				return arr(make())
			}
			return make()
		}))
	}
	return l
}

func (g *generator) container() *object {
	c := obj("Name", pick(g, []string{"app", "log", "proxy"}), "Image", "nginx")
	if g.chance(20) {
		c.set("Image", g.leaf(pid, 2)) // no control reads it
	}
	g.putLeaf(c, "Privileged", flag, 40)
	g.putLeaf(c, "ReadonlyRootFilesystem", flag, 80)
	g.putLeaf(c, "User", user, 60)
	g.put(c, "Environment", 40, func() node { return g.listOf(3, g.variable) })
	g.put(c, "LogConfiguration", 70, func() node {
		o := obj()
		g.putLeaf(o, "LogDriver", driver, 90)
		o.set("Options", obj("awslogs-region", ref("AWS::Region")))
		return o
	})
	return c
}

func (g *generator) variable() *object {
	v := obj("Name", pick(g, []string{"PATH", "HOME", "TZ"}))
	if g.chance(40) {
		v.set("Name", g.leaf(variable, 2))
	}
	v.set("Value", "a")
	return v
}

func (g *generator) cluster() *object {
	c := obj()
	g.put(c, "ClusterSettings", 80, func() node {
		l := arr()
		if g.chance(20) {
			l.items = append(l.items, obj("Name", "other", "Value", "enabled"))
		}
		if g.chance(90) {
			l.items = append(l.items, g.perhaps(30, func() node {
				o := obj("Name", "containerInsights")
				if g.chance(20) {
					o.set("Name", g.leaf(setting, 1))
				}
				g.putLeaf(o, "Value", insights, 100)
				return o
			}))
		}
		return l
	})
	g.put(c, "DefaultCapacityProviderStrategy", 50, func() node { return g.strategy() })
	return c
}

// strategy is a capacity provider strategy: AWS refuses to mix Fargate with
// others, so each has only one element or only Fargate's.
func (g *generator) strategy() node {
	one := func(provider node) *object { return obj("CapacityProvider", provider, "Weight", 1) }
	if g.chance(20) {
		return arr(one("FARGATE"), g.perhaps(30, func() node { return one("FARGATE_SPOT") }))
	}
	return arr(g.perhaps(20, func() node {
		if g.chance(30) {
			return one("fleet")
		}
		return one(g.leaf(provider, 2))
	}))
}

func (g *generator) service(clusters int) *object {
	s := obj("DesiredCount", 1)
	g.put(s, "Cluster", 80, func() node {
		if clusters == 0 || g.chance(10) {
			return pick(g, []node{"elsewhere", g.parameter("ClusterName", []string{"elsewhere", "there"})})
		}
		id := fmt.Sprintf("Cluster%d", g.r.IntN(clusters))
		if g.chance(25) {
			return call("GetAtt", id, "Arn")
		}
		return ref(id)
	})
	g.put(s, "TaskDefinition", 95, func() node {
		switch g.r.IntN(10) {
		case 0:
			return "web:1"
		case 1:
			return g.parameter("TaskArn", []string{"web:1", "web:2"})
		case 2:
			return call("GetAtt", "Task0", "TaskDefinitionArn")
		}
		return ref("Task0")
	})
	g.putLeaf(s, "LaunchType", launch, 40)
	if s.get("LaunchType") == nil {
		g.put(s, "CapacityProviderStrategy", 35, func() node { return g.strategy() })
	}
	if g.chance(30) {
		s.set("PlatformVersion", "1.3.0")
	} else {
		g.putLeaf(s, "PlatformVersion", platform, 80)
	}
	g.put(s, "DeploymentController", 25, func() node {
		o := obj()
		g.putLeaf(o, "Type", controller, 90)
		return o
	})
	g.put(s, "NetworkConfiguration", 70, func() node {
		o := obj()
		g.put(o, "AwsvpcConfiguration", 90, func() node {
			v := obj("Subnets", strs("subnet-1"))
			g.putLeaf(v, "AssignPublicIp", address, 90)
			return v
		})
		return o
	})
	return s
}
