package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
)

// A controlFormat writes one control in full, or all of them.
type controlFormat struct {
	name string
	one  func(io.Writer, *ecsentry.Control) error
	list func(io.Writer, []*ecsentry.Control) error
}

func controlFormats() []controlFormat {
	return []controlFormat{
		{"text", controlText, controlTable},
		{"json", controlJSON, controlsJSON},
		{"markdown", controlMarkdown, controlsMarkdown},
	}
}

func controlFormatNames() []string {
	var names []string
	for _, f := range controlFormats() {
		names = append(names, f.name)
	}
	return names
}

func newControls(p Process) *cobra.Command {
	var format, dir string
	cmd := &cobra.Command{
		Use:   "controls [ID]",
		Short: "List the controls, or explain one",
		Example: `  ecsentry controls                                        list all
  ecsentry controls ECS.5                                  explain one
  ecsentry controls --format json                          all of it, for programs
  ecsentry controls --format markdown --dir docs/controls  a page for each`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return badUsage("see ecsentry controls --help", "%s takes one control, %d were given", cmd.CommandPath(), len(args))
			}
			return nil
		},
		ValidArgs: controlIDs(catalog.Controls()),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := findControlFormat(format)
			if err != nil {
				return err
			}
			all := catalog.Controls()
			switch {
			case dir != "" && (f.name != "markdown" || len(args) > 0):
				return badUsage("write ecsentry controls --format markdown --dir "+dir, "--dir is for the Markdown pages of all controls")
			case dir != "":
				return writePages(dir, all)
			case len(args) == 0:
				return withoutPipe(f.list(p.Stdout, all))
			}
			c, err := findControl(all, args[0])
			if err != nil {
				return badUsage(didYouMean(args[0], controlIDs(all)), "%s", err)
			}
			return withoutPipe(f.one(p.Stdout, c))
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT`: "+strings.Join(controlFormatNames(), ", "))
	completeWords(cmd, "format", controlFormatNames())
	cmd.Flags().StringVar(&dir, "dir", "", "write a page for each control into the `FOLDER`")
	return cmd
}

func findControlFormat(name string) (controlFormat, error) {
	for _, f := range controlFormats() {
		if f.name == name {
			return f, nil
		}
	}
	return controlFormat{}, badUsage(didYouMean(name, controlFormatNames()), "--format: unknown format %q", name)
}

// findControl finds a control by its ID, in any case.
func findControl(all []*ecsentry.Control, id string) (*ecsentry.Control, error) {
	for _, c := range all {
		if strings.EqualFold(c.ID, id) {
			return c, nil
		}
	}
	return nil, fmt.Errorf("unknown control %q", id)
}

func controlIDs(all []*ecsentry.Control) []string {
	ids := make([]string, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	return ids
}

// writePages writes a page for each control, and one that lists them.
func writePages(dir string, all []*ecsentry.Control) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // pages are for everybody
		return fmt.Errorf("make the folder for the pages: %w", err)
	}
	for name, text := range pages(all) {
		err := writeFile(filepath.Join(dir, name), func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
		if err != nil {
			return fmt.Errorf("write the page %s: %w", name, err)
		}
	}
	return nil
}

// pages are the Markdown pages by their file's name.
func pages(all []*ecsentry.Control) map[string][]byte {
	out := make(map[string][]byte, len(all)+1)
	var index bytes.Buffer
	_ = controlsMarkdown(&index, all) // a buffer takes all
	out["README.md"] = index.Bytes()
	for _, c := range all {
		var page bytes.Buffer
		_ = controlMarkdown(&page, c)
		out[pageName(c)] = page.Bytes()
	}
	return out
}

func pageName(c *ecsentry.Control) string { return c.ID + ".md" }
