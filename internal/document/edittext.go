package document

import (
	"strings"
	"unsafe"
)

func (f *File) text() string { return unsafe.String(unsafe.SliceData(f.Data), len(f.Data)) }

// at is a byte; 0 behind the end.
func (f *File) at(i int32) byte {
	if i >= 0 && int(i) < len(f.Data) {
		return f.Data[i]
	}
	return 0
}

// breakFrom is the width of the line break at i, 0 if there is none.
func (f *File) breakFrom(i int32) int32 {
	if int(i) >= len(f.Data) {
		return 0
	}
	if f.Format == JSON && f.Data[i] >= 0x80 { // only YAML has others than these
		return 0
	}
	return int32(breakAt(f.text(), int(i)))
}

// breakBefore is the width of the line break that ends at i.
func (f *File) breakBefore(i int32) int32 {
	switch {
	case i >= 2 && f.Data[i-1] == '\n' && f.Data[i-2] == '\r':
		return 2
	case i >= 1 && (f.Data[i-1] == '\n' || f.Data[i-1] == '\r'):
		return 1
	case i >= 2 && f.Format == YAML && f.Data[i-1] == 0x85 && f.Data[i-2] == 0xc2:
		return 2
	case i >= 3 && f.Format == YAML && strings.HasPrefix(f.text()[i-3:], "\u2028"), i >= 3 && f.Format == YAML && strings.HasPrefix(f.text()[i-3:], "\u2029"):
		return 3
	}
	return 0
}

// skip moves over white space, and over comments, which JSON has none of.
func (f *File) skip(i int32) int32 {
	for int(i) < len(f.Data) {
		if w := spaceAt(f.text(), int(i)); w > 0 {
			i += int32(w)
		} else if f.Data[i] == '#' && f.Format == YAML {
			i = f.eol(i)
		} else {
			break
		}
	}
	return i
}

// blanks moves over spaces and tabs.
func (f *File) blanks(i int32) int32 {
	for int(i) < len(f.Data) && isBlank(f.Data[i]) {
		i++
	}
	return i
}

// eol is the end of the line of i, without its break.
func (f *File) eol(i int32) int32 {
	for int(i) < len(f.Data) && f.breakFrom(i) == 0 {
		i++
	}
	return i
}

// broken reports whether a line ends between two offsets.
func (f *File) broken(from, to int32) bool {
	for ; from < to; from++ {
		if f.breakFrom(from) > 0 {
			return true
		}
	}
	return false
}

// tail tells whether nothing but a comment follows on the line, and where that
// line ends.
func (f *File) tail(i int32) (end int32, alone bool) {
	at := f.blanks(i)
	if f.at(at) == '#' && f.Format == YAML {
		at = f.eol(at)
	}
	return at, int(at) >= len(f.Data) || f.breakFrom(at) > 0
}

// bol is where the line starts that has nothing before i but spaces and tabs.
func (f *File) bol(i int32) (start int32, alone bool) {
	for i > 0 && isBlank(f.Data[i-1]) {
		i--
	}
	return i, f.isBOL(i)
}

func (f *File) isBOL(i int32) bool {
	return i == 0 || f.breakBefore(i) > 0 || int(i) == len(byteOrderMark) && strings.HasPrefix(f.text(), byteOrderMark)
}

// margin is the white space that the line of i starts with.
func (f *File) margin(i int32) string {
	for !f.isBOL(i) {
		i--
	}
	return f.text()[i:f.blanks(i)]
}

// newline is the line break that is used around i.
func (f *File) newline(i int32) string {
	for at := i; int(at) < len(f.Data); at++ {
		if w := f.breakFrom(at); w > 0 {
			return f.text()[at : at+w]
		}
	}
	for at := i; at > 0; at-- {
		if w := f.breakBefore(at); w > 0 {
			return f.text()[at-w : at]
		}
	}
	return "\n"
}
