// hcl_parse [--evaluate] FILE parses a file with HashiCorp's implementation, and fails if there is a
// mistake in it. With --evaluate it also evaluates every attribute, with the locals of the file.
package main

import (
	"log"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func check(diagnostics hcl.Diagnostics) {
	if diagnostics.HasErrors() {
		log.Fatal(diagnostics)
	}
}

// evaluate returns the values of a body's attributes, and evaluates those of the blocks in it.
func evaluate(body *hclsyntax.Body, context *hcl.EvalContext) map[string]cty.Value {
	values := map[string]cty.Value{}
	for name, attribute := range body.Attributes {
		// It names resources, which have no value.
		if name == "depends_on" {
			_, diagnostics := hcl.ExprList(attribute.Expr)
			check(diagnostics)
			continue
		}
		value, diagnostics := attribute.Expr.Value(context)
		check(diagnostics)
		values[name] = value
	}
	for _, block := range body.Blocks {
		evaluate(block.Body, context)
	}
	return values
}

func main() {
	name := os.Args[len(os.Args)-1]
	text, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	file, diagnostics := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	check(diagnostics)
	if len(os.Args) < 3 {
		return
	}
	context := &hcl.EvalContext{}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		if block.Type == "locals" {
			locals := evaluate(block.Body, context)
			context = &hcl.EvalContext{Variables: map[string]cty.Value{"local": cty.ObjectVal(locals)}}
		} else {
			evaluate(block.Body, context)
		}
	}
}
