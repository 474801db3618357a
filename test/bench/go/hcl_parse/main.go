// hcl_parse parses a file with HashiCorp's implementation, and fails if there is a mistake in it.
package main

import (
	"log"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	_, diagnostics := hclsyntax.ParseConfig(text, os.Args[1], hcl.InitialPos)
	if diagnostics.HasErrors() {
		log.Fatal(diagnostics)
	}
}
