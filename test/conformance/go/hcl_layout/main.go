// hcl_layout lays texts out as HashiCorp's hclfmt does. Standard input and output hold any number
// of texts, each as its length in decimal, a newline, and its bytes.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	for {
		var size int
		if _, err := fmt.Fscanf(in, "%d\n", &size); err == io.EOF {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(in, text); err != nil {
			log.Fatal(err)
		}
		formatted := hclwrite.Format(text)
		fmt.Fprintf(out, "%d\n", len(formatted))
		out.Write(formatted)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
