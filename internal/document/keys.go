package document

// keyCheck finds keys written twice in one map. Few keys are compared with each
// other, many go through an index, so that the time stays linear.
type keyCheck struct{ index map[string]struct{} }

const fewKeys = 24

// duplicate is the first key that an earlier one equals, nil if there is none.
func (k *keyCheck) duplicate(fields []Field) *Node {
	if len(fields) <= fewKeys {
		var seen uint64 // a bit for keys that look alike: others need no comparison
		for i := range fields {
			bit := likeness(fields[i].Key.Value)
			if seen&bit == 0 {
				seen |= bit
				continue
			}
			for j := range i {
				if fields[i].Key.Value == fields[j].Key.Value {
					return fields[i].Key
				}
			}
		}
		return nil
	}
	k.reset(len(fields))
	for i := range fields {
		key := fields[i].Key.Value
		if _, ok := k.index[key]; ok {
			return fields[i].Key
		}
		k.index[key] = struct{}{}
	}
	return nil
}

// likeness is a bit that equal keys share.
func likeness(key string) uint64 {
	if key == "" {
		return 1
	}
	return 1 << ((uint(len(key))*7 + uint(key[0])*3 + uint(key[len(key)-1])*5 + uint(key[len(key)/2])) % 64)
}

// reset empties the index. Clearing a map takes as long as it once was big, so a
// big one is not kept for small uses.
func (k *keyCheck) reset(size int) {
	if k.index == nil || size < 256 && len(k.index) > 4*size {
		k.index = make(map[string]struct{}, size)
		return
	}
	clear(k.index)
}

func (f *File) duplicateKey(key *Node, at int) *Error {
	return f.errorAt(at, safeKey(key.Value)+" is written twice in one map")
}
