package terraform

import "strings"

// lastStep is the last step of a module's address: module.a["x.y"].module.b[0]
// ends in module.b[0].
func lastStep(address string) string {
	start, previous := 0, -1
	for i := 0; i <= len(address); i++ {
		if i == len(address) || address[i] == '.' {
			if word := address[start:i]; word == "module" && i < len(address) {
				previous = start
			}
			start = i + 1
			continue
		}
		if address[i] == '[' {
			i = closing(address, i)
		}
	}
	if previous < 0 {
		return address
	}
	return address[previous:]
}

// closing is where the bracket at i closes, or the end.
func closing(s string, i int) int {
	quoted := false
	for i++; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ']' && !quoted:
			return i
		}
	}
	return len(s) - 1
}

// cutIndex splits name[index]; the index keeps its brackets.
func cutIndex(s string) (name, index string) {
	i := strings.IndexByte(s, '[')
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i : closing(s, i)+1]
}

// steps splits a reference at its dots: aws_ecs_cluster.main["a.b"].id has three.
func steps(ref string) []string {
	var out []string
	start := 0
	for i := 0; i < len(ref); i++ {
		switch ref[i] {
		case '[':
			i = closing(ref, i)
		case '.':
			out = append(out, ref[start:i])
			start = i + 1
		}
	}
	return append(out, ref[start:])
}
