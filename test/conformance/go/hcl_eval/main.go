// Evaluates HCL files with HashiCorp's implementation and prints what came out as one JSON line a
// file: the same window on the original as test/tools/hcl_eval is on ours, so that the two can be
// compared line by line.
//
//	hcl_eval [--kinds] [--vars FILE.json] FILE...
//
// --kinds is for ours to understand: the original's summaries serve as kinds.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

func main() {
	varsFile := flag.String("vars", "", "a JSON object; its members are the variables")
	flag.Bool("kinds", false, "understood and ignored")
	flag.Parse()
	scope := &hcl.EvalContext{Functions: functions()}
	if *varsFile != "" {
		variables, err := readVariables(*varsFile)
		if err != nil {
			fail(err)
		}
		scope.Variables = variables
	}
	out := bufio.NewWriter(os.Stdout)
	for _, name := range flag.Args() {
		source, err := os.ReadFile(name)
		if err != nil {
			fail(err)
		}
		out.Write(evaluate(name, source, scope))
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "hcl_eval:", err)
	os.Exit(1)
}

func readVariables(name string) (map[string]cty.Value, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	impliedType, err := ctyjson.ImpliedType(text)
	if err != nil {
		return nil, err
	}
	value, err := ctyjson.Unmarshal(text, impliedType)
	if err != nil {
		return nil, err
	}
	if !value.Type().IsObjectType() {
		return nil, fmt.Errorf("%s: not a JSON object", name)
	}
	return value.AsValueMap(), nil
}
