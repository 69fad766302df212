package document

import "github.com/ecsentry/ecsentry/value"

func (m *Mender) add(e *Editor, p *value.Place, v any) error {
	if !p.Missing {
		if list := m.written(p, List); list != nil {
			return m.append(e, list, v)
		}
		return errLost
	}
	in, path, err := m.around(p)
	if err != nil {
		return err
	}
	key := m.Spell(p.Name)
	if have := in.Get(key); have != nil && len(path) == 0 {
		if branch := m.void(have, p); branch != nil {
			return e.Replace(branch, Array{m.data(v)})
		}
		if have.Kind == List && have.Tag == "" || have.Kind == Null {
			return m.append(e, have, v)
		}
		return errLost
	}
	return e.SetPath(in, append(path, key), Array{m.data(v)})
}

// append adds an element to a list, or makes it of the one that has its name.
func (m *Mender) append(e *Editor, list *Node, v any) error {
	if members, ok := v.(value.Map); ok && len(members) > 0 {
		for _, item := range list.Items {
			if have := item.Get(m.Spell(members[0].Name)); have != nil && item.Kind == Map && have.Kind == String && have.Tag == "" && have.Value == members[0].Value {
				return m.merge(e, item, members[1:])
			}
		}
	}
	return e.Append(list, m.data(v))
}
