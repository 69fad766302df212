package value

import (
	"strconv"
	"strings"
)

// A Position is a point in a text, for people: lines and columns count from 1,
// columns count characters. The zero Position is no position.
type Position struct {
	File         string
	Line, Column int
}

// String writes file:line:column.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// A Text is a document that values were read from. Line and column are computed
// when somebody asks, not for every value.
type Text interface {
	Position(off int32) Position
}

// A Speller is a Text whose property names differ from the ECS API's: it
// translates a name of the API into the name to write in that text.
type Speller interface {
	Spell(apiName string) string
}

// A Phraser is a Text in which an assignment, "assignPublicIp: DISABLED", is
// written in another way.
type Phraser interface {
	Phrase(apiName, value string) string
}

// A Quoter is a Text that can show its own lines, with every scalar hidden but
// keys, container and variable names and the value at off.
type Quoter interface {
	Quote(off, end int32) []Line
}

// A Line is one line of a text made safe to print. Mark and MarkEnd are the
// columns (in characters of Text, from 0, end exclusive) of the value that was
// asked for, equal where it is not on this line.
type Line struct {
	Number        int
	Text          string
	Mark, MarkEnd int
}

// A Place says where a value is, or where it would stand if it were there. One
// is made per leaf and per nested object, and shared by pointer.
type Place struct {
	In       Text   // nil where the input has no text, such as an API answer in memory
	Off, End int32  // bytes; of the nearest existing parent where Missing
	Parent   *Place // nil at the resource itself
	Name     string // the ECS API's property name, or the index in the source's list
	Missing  bool   // nothing is written here
	Masked   bool   // what is written here is of the wrong kind, may be anything, and is not to be shown
	Via      string // where a value comes from that is only used here: "parameter Mode"
	Why      *Why   // why the value is unknown; nil where it is known or absent
}

// Why says why a value is unknown, and what would make it known.
type Why struct {
	Text    string   // "!Ref Env", "is a list, want a string"; never a value of the input
	Hint    string   // how to decide it, if there is a way: "--include SETTINGS"
	Partial Partial  // what is known of a string all the same
	Terms   []string // the open choices it depends on, such as template parameters
}

// Path is the JSON Pointer (RFC 6901) of the place, in ECS API names, from the
// resource.
func (p *Place) Path() string {
	if p == nil || p.Parent == nil {
		return ""
	}
	return p.Parent.Path() + "/" + pointerEscaper.Replace(p.Name)
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1") //nolint:gochecknoglobals // never written

// Position is where the place starts.
func (p *Place) Position() Position {
	if p == nil || p.In == nil {
		return Position{}
	}
	return p.In.Position(p.Off)
}

// File is the name of the file that the place is in, "" if it is in none.
func (p *Place) File() string {
	if p == nil || p.In == nil {
		return ""
	}
	return p.In.Position(0).File // of the start, which costs nothing to find
}

// Within reports whether p is outer or lies inside it.
func (p *Place) Within(outer *Place) bool {
	for ; p != nil; p = p.Parent {
		if p == outer {
			return true
		}
	}
	return false
}
