package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// A knownDifference is one section of DIFFERENCES.md: a heading, a reason, a block that says how to
// recognise the difference, and an example that shows it.
type knownDifference struct {
	title, reason, example string

	// As in a difference. `fluke` and `original` are patterns, in which * stands for anything.
	differs, fluke, original string
	// "earlier" or "later": where fluke's error is, seen from the original's. Empty: anywhere.
	line string
	// "both": the one with the earlier error also tells of the other's. Empty: no matter.
	told string
	// A pattern for the line on which the original has its error. Empty: no matter.
	source string
	// "logic": the original's error is within an operation with && or ||. Empty: no matter.
	within string
	// The one release of the original that differs so. Empty: all.
	release string
}

var section = regexp.MustCompile("(?s)^(.+?)\n(.*)```difference\n(.*?)```\n(.*)```hcl\n(.*?)```\n")

// readKnown gives the entries that are about a release of the original.
func readKnown(text, release string) ([]knownDifference, error) {
	var known []knownDifference
	for _, part := range strings.Split("\n"+text, "\n## ")[1:] {
		found := section.FindStringSubmatch(part + "\n")
		title := strings.SplitN(part, "\n", 2)[0]
		if found == nil {
			return nil, fmt.Errorf("%q has no blocks \"difference\" and \"hcl\"", title)
		}
		entry := knownDifference{title: title, reason: strings.TrimSpace(found[2]), example: found[5]}
		if entry.reason == "" {
			return nil, fmt.Errorf("%q gives no reason", title)
		}
		if err := entry.readFields(found[3]); err != nil {
			return nil, fmt.Errorf("%q: %w", title, err)
		}
		if entry.release == "" || entry.release == release {
			known = append(known, entry)
		}
	}
	return known, nil
}

func (k *knownDifference) readFields(text string) error {
	fields := map[string]*string{"differs": &k.differs, "fluke": &k.fluke, "original": &k.original, "line": &k.line,
		"told": &k.told, "source": &k.source, "within": &k.within, "release": &k.release}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, value, _ := strings.Cut(line, ":")
		if fields[name] == nil {
			return fmt.Errorf("unknown field %q", name)
		}
		*fields[name] = strings.TrimSpace(value)
	}
	if k.differs == "" || k.fluke == "" || k.original == "" {
		return fmt.Errorf("it must say differs, fluke and original")
	}
	return nil
}

func (k *knownDifference) explains(found difference) bool {
	switch {
	case k.differs != found.differs || !matches(k.fluke, found.fluke) || !matches(k.original, found.original):
		return false
	case k.told == "both" && !found.toldByBoth:
		return false
	case k.within != "" && k.within != found.within:
		return false
	case k.source != "" && !matches(k.source, lineOf(found.file, found.originalLine)):
		return false
	case k.line == "earlier":
		return found.flukeLine < found.originalLine
	case k.line == "later":
		return found.flukeLine > found.originalLine
	}
	return true
}

// lineOf is the text of a line, counted from 1; empty where the file has none.
func lineOf(file string, line int) string {
	text, err := os.ReadFile(file)
	lines := strings.Split(string(text), "\n")
	if err != nil || line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

func matches(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile("(?s)^" + strings.Join(parts, ".*") + "$").MatchString(text)
}

// writeExamples writes each entry's example to a file in `directory`, in their order.
func writeExamples(known []knownDifference, directory string) ([]string, error) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return nil, err
	}
	var files []string
	for i, entry := range known {
		name := filepath.Join(directory, fmt.Sprintf("known-%d.hcl", i))
		if err := os.WriteFile(name, []byte(entry.example), 0o644); err != nil {
			return nil, err
		}
		files = append(files, path.Clean(name))
	}
	return files, nil
}
