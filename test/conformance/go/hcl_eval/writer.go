package main

import (
	"bytes"
	"encoding/json"
	"sort"

	"github.com/zclconf/go-cty/cty"
)

// A writer puts compact JSON together.
type writer struct {
	buffer bytes.Buffer
}

func (w *writer) text(text string) *writer {
	w.buffer.WriteString(text)
	return w
}

// comma separates: nothing goes before the first of several.
func (w *writer) comma(index int) *writer {
	if index > 0 {
		w.text(",")
	}
	return w
}

func (w *writer) quoted(text string) *writer {
	encoder := json.NewEncoder(&w.buffer)
	encoder.SetEscapeHTML(false)
	encoder.Encode(text)
	w.buffer.Truncate(w.buffer.Len() - len("\n"))
	return w
}

// value writes numbers as decimal text in full precision. JSON has no infinities: they are strings.
func (w *writer) value(value cty.Value) {
	switch kind := value.Type(); {
	case !value.IsKnown():
		w.text(`{"$unknown":true}`)
	case value.IsNull():
		w.text("null")
	case kind == cty.String:
		w.quoted(value.AsString())
	case kind == cty.Bool && value.True():
		w.text("true")
	case kind == cty.Bool:
		w.text("false")
	case kind == cty.Number && value.AsBigFloat().IsInf():
		w.quoted(value.AsBigFloat().Text('f', -1))
	case kind == cty.Number:
		w.text(value.AsBigFloat().Text('f', -1))
	case kind.IsMapType() || kind.IsObjectType():
		w.members(value)
	case kind.IsListType() || kind.IsSetType() || kind.IsTupleType():
		w.elements(value)
	default:
		w.text(`{"$other":`).quoted(kind.FriendlyName()).text("}")
	}
}

func (w *writer) members(value cty.Value) {
	members := value.AsValueMap()
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	w.text("{")
	for i, name := range names {
		w.comma(i).quoted(name).text(":")
		w.value(members[name])
	}
	w.text("}")
}

func (w *writer) elements(value cty.Value) {
	w.text("[")
	for i, element := range value.AsValueSlice() {
		w.comma(i)
		w.value(element)
	}
	w.text("]")
}
