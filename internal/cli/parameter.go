package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// Parameters may be secrets: no error of this file shows what a value is, or a
// text that might be one.

// readParameters collects the values of template parameters: those of files in
// their order, then those of the command line. The last one wins.
func readParameters(flags, files []string) (map[string]string, error) {
	all := map[string]string{}
	for _, name := range files {
		name = strings.TrimPrefix(name, "file://") // as the AWS command line wants it
		if err := readParameterFile(name, all); err != nil {
			return nil, badUsage(`it holds what the AWS command line takes: [{"ParameterKey": …, "ParameterValue": …}], `+
				`{"Parameters": {…}} or ["NAME=VALUE"]`, "--parameter-file %s: %s", name, err)
		}
	}
	for _, flag := range flags {
		if !assign(flag, all) {
			return nil, badUsage("write --parameter NAME=VALUE", "--parameter: there is no name and = before the value")
		}
	}
	return all, nil
}

// assign takes NAME=VALUE.
func assign(s string, into map[string]string) bool {
	name, v, ok := strings.Cut(s, "=")
	if !ok || name == "" {
		return false
	}
	into[name] = v
	return true
}

func readParameterFile(name string, into map[string]string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return reasonOf(err)
	}
	f, err := document.Parse(name, data, document.Options{JSONOnly: strings.EqualFold(filepath.Ext(name), ".json")})
	if err != nil {
		return err
	}
	if len(f.Documents) != 1 {
		return fmt.Errorf("holds %d documents, want one", len(f.Documents))
	}
	p := parameterFile{f, into}
	return p.read(f.Documents[0])
}

// reasonOf is what the operating system says, without the file's name.
func reasonOf(err error) error {
	type pathless interface{ Unwrap() error }
	if p, ok := err.(pathless); ok { // only the outermost error repeats the name
		return p.Unwrap()
	}
	return err
}

type parameterFile struct {
	file *document.File
	into map[string]string
}

func (p parameterFile) read(doc *document.Node) error {
	if doc.Kind == document.List {
		for _, item := range doc.Items {
			if err := p.element(item); err != nil {
				return err
			}
		}
		return nil
	}
	parameters := doc.Get("Parameters")
	switch {
	case parameters == nil:
		return p.at(doc, "is neither a list nor an object with Parameters")
	case parameters.Kind == document.List:
		return p.read(parameters)
	case parameters.Kind != document.Map:
		return p.at(parameters, "Parameters is no object")
	}
	for _, field := range parameters.Fields {
		if err := p.set(field.Key.Value, field.Value); err != nil {
			return err
		}
	}
	return nil
}

// element takes one parameter of a list. One that keeps its previous value is as
// unknown as before.
func (p parameterFile) element(n *document.Node) error {
	if n.Kind == document.String {
		if !assign(n.Value, p.into) {
			return p.at(n, "want NAME=VALUE")
		}
		return nil
	}
	key, v := n.Get("ParameterKey"), n.Get("ParameterValue")
	switch {
	case key == nil || key.Kind != document.String:
		return p.at(n, "has no ParameterKey")
	case v == nil && n.Get("UsePreviousValue") != nil:
		return nil
	case v == nil:
		return p.at(n, "has no ParameterValue")
	}
	return p.set(key.Value, v)
}

// set takes a value; of a list its elements, as a list parameter has them.
func (p parameterFile) set(name string, v *document.Node) error {
	if v.Kind != document.List {
		if !v.IsScalar() || v.Kind == document.Null {
			return p.at(v, "the value is no text")
		}
		p.into[name] = v.Value
		return nil
	}
	words := make([]string, len(v.Items))
	for i, item := range v.Items {
		if !item.IsScalar() || item.Kind == document.Null {
			return p.at(item, "the value is no text")
		}
		words[i] = item.Value
	}
	p.into[name] = strings.Join(words, ",")
	return nil
}

func (p parameterFile) at(n *document.Node, what string) error {
	pos := p.file.Position(n.Start)
	return fmt.Errorf("line %d, column %d: %s", pos.Line, pos.Column, what)
}
