package value

// An Edit is a change that mends a resource, in the ECS API's names and values.
// The source of the text translates both.
type Edit struct {
	// At is the property, or the element of a list, that changes: by its name in the
	// place around it, whether or not it is written. What is around it may be missing
	// too.
	At    *Place
	Op    Op
	Value any // for Set and Append: bool, string, Map or Asked
}

// Op is what an Edit does at its place.
type Op uint8

// The operations. Set of a Map into an object that is there sets its members
// one by one and leaves others. Remove takes a property, or an element, away.
// Append adds an element to the list at the place, which may be missing; one that is
// there with the same first member becomes it.
const (
	Set Op = iota + 1
	Remove
	Append
)

// A Map is what a Set or an Append writes: members in the order in which to
// write them.
type Map []Member

// A Member is a property of a Map.
type Member struct {
	Name  string
	Value any  // as an Edit's
	Free  bool // the name is a key that people choose, such as a log option's: no source translates it
	Keep  bool // what is there stays
}

// An Asked stands in an Edit for what the input does not say and nobody may
// invent. Who makes the edit puts an answer there, or makes none.
type Asked struct {
	For     Question
	Key     string // which of several, such as the name of a variable
	Default string // what to take where nobody answers; "" for nothing
	// Optional leaves the edit out where nobody answers: what is wrong without it shows
	// when the others are judged.
	Optional bool
}

// A Question is what an Asked asks for.
type Question string

// The questions. A Region the source of a text may know itself.
const (
	AskUser     Question = "user"       // UID[:GID] of a container
	AskSecret   Question = "secret-arn" // ARN of the secret that replaces the variable Key
	AskLogGroup Question = "log-group"
	AskRegion   Question = "log-region"
	AskInsights Question = "container-insights"
	AskVersion  Question = "platform-version" // the one that the parameter Key gives
)

// Asks are the questions of an edit's value that have no default.
func (e Edit) Asks() []Asked { return asks(nil, e.Value) }

func asks(have []Asked, v any) []Asked {
	switch v := v.(type) {
	case Asked:
		if v.Default == "" {
			have = append(have, v)
		}
	case Map:
		for _, m := range v {
			have = asks(have, m.Value)
		}
	}
	return have
}

// Property is a place for a property of what is at p that nobody has read.
func (p *Place) Property(name string) *Place {
	if p == nil {
		return nil
	}
	return &Place{In: p.In, Off: p.Off, End: p.End, Parent: p, Name: name, Missing: true}
}

// Around is the place that p is in, nil for none.
func (p *Place) Around() *Place {
	if p == nil {
		return nil
	}
	return p.Parent
}

// Fill puts answers where the edit asks for something; ok is false where a question
// has none.
func (e Edit) Fill(answer func(Asked) (v any, ok bool)) (_ Edit, ok bool) {
	v, ok := fill(e.Value, answer)
	if !ok {
		return e, false
	}
	e.Value = v
	return e, true
}

func fill(v any, answer func(Asked) (any, bool)) (any, bool) {
	switch v := v.(type) {
	case Asked:
		return answer(v)
	case Map:
		out := make(Map, len(v))
		for i, m := range v {
			var ok bool
			if m.Value, ok = fill(m.Value, answer); !ok {
				return nil, false
			}
			out[i] = m
		}
		return out, true
	default:
		return v, true
	}
}

// WithDefaults is Fill by defaults alone.
func (e Edit) WithDefaults() (_ Edit, ok bool) {
	return e.Fill(func(a Asked) (any, bool) { return a.Default, a.Default != "" })
}
