package main

import (
	"fmt"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// evaluate gives the JSON line of one file.
func evaluate(name string, source []byte, scope *hcl.EvalContext) []byte {
	file, diagnostics := hclsyntax.ParseConfig(source, name, hcl.InitialPos)
	line := &writer{}
	line.text(`{"file":`).quoted(name).text(`,"body":`)
	if diagnostics.HasErrors() {
		line.text("null")
	} else {
		diagnostics = append(diagnostics, writeBody(line, file.Body.(*hclsyntax.Body), scope)...)
	}
	line.text(`,"diagnostics":`)
	writeDiagnostics(line, diagnostics, logicalOperations(file))
	line.text("}")
	return line.buffer.Bytes()
}

func writeBody(out *writer, body *hclsyntax.Body, scope *hcl.EvalContext) hcl.Diagnostics {
	var diagnostics hcl.Diagnostics
	out.text(`{"attributes":{`)
	for i, name := range sortedKeys(body.Attributes) {
		out.comma(i).quoted(name).text(":")
		diagnostics = append(diagnostics, writeAttribute(out, body.Attributes[name], scope)...)
	}
	out.text(`},"blocks":[`)
	for i, block := range body.Blocks {
		out.comma(i).text(`{"type":`).quoted(block.Type).text(`,"labels":[`)
		for j, label := range block.Labels {
			out.comma(j).quoted(label)
		}
		out.text(`],"body":`)
		diagnostics = append(diagnostics, writeBody(out, block.Body, scope)...)
		out.text("}")
	}
	out.text("]}")
	return diagnostics
}

func sortedKeys(attributes hclsyntax.Attributes) []string {
	names := make([]string, 0, len(attributes))
	for name := range attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// writeAttribute writes the attribute's value, or the place of its first error.
func writeAttribute(out *writer, attribute *hclsyntax.Attribute, scope *hcl.EvalContext) (diagnostics hcl.Diagnostics) {
	// The original panics on a few inputs; the other attributes are still worth comparing.
	defer func() {
		if reason := recover(); reason != nil {
			out.text(`{"$panic":`).quoted(fmt.Sprint(reason)).text("}")
		}
	}()
	value, diagnostics := attribute.Expr.Value(scope)
	if diagnostics.HasErrors() {
		sortByPlace(diagnostics)
		out.text(`{"$error":{`)
		writePlace(out, firstError(diagnostics))
		out.text("}}")
		return diagnostics
	}
	rendered := &writer{}
	rendered.value(value)
	out.text(rendered.buffer.String())
	return diagnostics
}

func firstError(diagnostics hcl.Diagnostics) *hcl.Diagnostic {
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == hcl.DiagError {
			return diagnostic
		}
	}
	return nil
}

func sortByPlace(diagnostics hcl.Diagnostics) {
	sort.SliceStable(diagnostics, func(i, j int) bool {
		return place(diagnostics[i]).Byte < place(diagnostics[j]).Byte
	})
}

func place(diagnostic *hcl.Diagnostic) hcl.Pos {
	if diagnostic.Subject == nil {
		return hcl.InitialPos
	}
	return diagnostic.Subject.Start
}

func writePlace(out *writer, diagnostic *hcl.Diagnostic) {
	at := place(diagnostic)
	out.text(fmt.Sprintf(`"line":%d,"column":%d,"byte":%d`, at.Line, at.Column, at.Byte))
}

// logicalOperations says where in a file operators && and || stand, with their operands.
func logicalOperations(file *hcl.File) []hcl.Range {
	var found []hcl.Range
	hclsyntax.VisitAll(file.Body.(*hclsyntax.Body), func(node hclsyntax.Node) hcl.Diagnostics {
		operation, is := node.(*hclsyntax.BinaryOpExpr)
		if is && (operation.Op == hclsyntax.OpLogicalAnd || operation.Op == hclsyntax.OpLogicalOr) {
			found = append(found, operation.Range())
		}
		return nil
	})
	return found
}

func writeDiagnostics(out *writer, diagnostics hcl.Diagnostics, logical []hcl.Range) {
	sortByPlace(diagnostics)
	out.text("[")
	for i, diagnostic := range diagnostics {
		severity := "error"
		if diagnostic.Severity == hcl.DiagWarning {
			severity = "warning"
		}
		out.comma(i).text(`{"severity":`).quoted(severity).text(`,"summary":`)
		out.quoted(diagnostic.Summary).text(",")
		writePlace(out, diagnostic)
		for _, operation := range logical {
			if operation.ContainsPos(place(diagnostic)) {
				out.text(`,"within":"logic"`)
				break
			}
		}
		out.text("}")
	}
	out.text("]")
}
