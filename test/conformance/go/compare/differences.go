package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// A difference is one thing that the two say differently of a file.
type difference struct {
	file string
	// Which attribute, as `block.attribute`; empty for the file as a whole.
	at string
	// "acceptance", "place", "structure", "outcome", "value", or "space" for strings that are the
	// same but for it.
	differs string
	// What each says, by which a known difference is recognised: the name of an error, or a value.
	fluke, original string
	// Where both have an error: on which lines.
	flukeLine, originalLine int
	// Whether the one with the earlier error also tells of the other's.
	toldByBoth bool
	// What the original's error stands within, as its diagnostic says.
	within string
}

func (d difference) String() string {
	place := d.file
	if d.at != "" {
		place += " at " + d.at
	}
	return fmt.Sprintf("%s: %s differs\n  fluke:    %s\n  original: %s",
		place, d.differs, withLine(d.fluke, d.flukeLine), withLine(d.original, d.originalLine))
}

func withLine(text string, line int) string {
	if line == 0 {
		return text
	}
	return fmt.Sprintf("line %d: %s", line, text)
}

// compare gives the differences of a pair, and how many values it compared.
func compare(each pair) ([]difference, int) {
	c := &comparison{pair: each}
	if each.fluke.Body == nil || each.original.Body == nil {
		c.syntax()
	} else {
		c.bodies("", each.fluke.Body, each.original.Body)
	}
	return c.differences, c.values
}

type comparison struct {
	pair
	differences []difference
	values      int
}

func (c *comparison) add(found difference) {
	found.file = c.fluke.File
	if found.flukeLine < found.originalLine {
		found.toldByBoth = c.fluke.hasErrorOn(found.originalLine)
	} else {
		found.toldByBoth = c.original.hasErrorOn(found.flukeLine)
	}
	c.differences = append(c.differences, found)
}

// syntax compares a file that at least one of the two rejects.
func (c *comparison) syntax() {
	found := difference{differs: "acceptance", fluke: "accepted", original: "accepted"}
	if c.fluke.Body == nil {
		first := c.fluke.firstError()
		found.fluke, found.flukeLine = first.name(), first.Line
	}
	if c.original.Body == nil {
		first := c.original.firstError()
		found.original, found.originalLine = first.name(), first.Line
	}
	if found.flukeLine != 0 && found.originalLine != 0 {
		found.differs = "place"
	}
	if found.flukeLine != found.originalLine {
		c.add(found)
	}
}

func (c *comparison) bodies(at string, fluke, original *body) {
	if !reflect.DeepEqual(shape(fluke), shape(original)) {
		c.add(difference{at: at, differs: "structure", fluke: strings.Join(shape(fluke), " "), original: strings.Join(shape(original), " ")})
		return
	}
	for _, name := range sortedNames(fluke.Attributes) {
		c.attribute(at+name, fluke.Attributes[name], original.Attributes[name])
	}
	for i, each := range fluke.Blocks {
		c.bodies(fmt.Sprintf("%s%s[%d].", at, each.Type, i), each.Body, original.Blocks[i].Body)
	}
}

// shape is what a body holds, without the values.
func shape(of *body) []string {
	names := sortedNames(of.Attributes)
	for _, each := range of.Blocks {
		names = append(names, fmt.Sprintf("%s%q", each.Type, each.Labels))
	}
	return names
}

func (c *comparison) attribute(at string, fluke, original json.RawMessage) {
	c.values++
	flukeLine, flukeText, _ := outcome(fluke, &c.fluke)
	originalLine, originalText, within := outcome(original, &c.original)
	found := difference{at: at, fluke: flukeText, original: originalText, flukeLine: flukeLine,
		originalLine: originalLine, within: within}
	switch {
	case flukeLine != 0 && originalLine != 0:
		if found.differs = "place"; flukeLine != originalLine {
			c.add(found)
		}
	case flukeLine != originalLine:
		found.differs = "outcome"
		c.add(found)
	case !bytes.Equal(fluke, original) && !reflect.DeepEqual(decoded(fluke), decoded(original)):
		if found.differs = "value"; bytes.Equal(withoutSpace(fluke), withoutSpace(original)) {
			found.differs = "space"
		}
		c.add(found)
	}
}

// withoutSpace is a value without the spaces and line ends in its strings.
func withoutSpace(value json.RawMessage) []byte {
	return []byte(strings.NewReplacer(" ", "", `\n`, "").Replace(string(value)))
}

// outcome is the line and the name of an error and what it stands within, or else no line and the
// value.
func outcome(value json.RawMessage, of *result) (int, string, string) {
	var failed struct {
		Error *struct{ Line, Byte int } `json:"$error"`
		Panic *string                   `json:"$panic"`
	}
	if err := json.Unmarshal(value, &failed); err != nil {
		return 0, string(value), ""
	}
	if failed.Panic != nil {
		return -1, "panic: " + *failed.Panic, ""
	}
	if failed.Error != nil {
		found := of.errorAt(failed.Error.Byte)
		return failed.Error.Line, found.name(), found.Within
	}
	return 0, string(value), ""
}

// decoded is a value whose numbers are the text that was written.
func decoded(value json.RawMessage) any {
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	var result any
	if err := decoder.Decode(&result); err != nil {
		return err
	}
	return result
}
