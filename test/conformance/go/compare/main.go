// Lays fluke's reading of HCL files beside the original's: both evaluators (test/tools/hcl_eval and
// its Go twin) read all files, and everything in which they differ is printed, unless
// DIFFERENCES.md lists it with a reason. A listed difference that its own example no longer shows is
// a failure too.
//
//	compare --fluke PROGRAM --original PROGRAM --release VERSION --vars FILE.json --known FILE.md
//	  --scratch DIRECTORY FILE...
package main

import (
	"flag"
	"fmt"
	"os"
)

type settings struct {
	fluke, original, release, vars, known, scratch string
}

func main() {
	var given settings
	flag.StringVar(&given.fluke, "fluke", "", "our hcl_eval")
	flag.StringVar(&given.original, "original", "", "the Go hcl_eval")
	flag.StringVar(&given.release, "release", "", "the original's release, as DIFFERENCES.md names it")
	flag.StringVar(&given.vars, "vars", "", "the variables, a JSON object")
	flag.StringVar(&given.known, "known", "", "the list of known differences")
	flag.StringVar(&given.scratch, "scratch", "", "a directory for the examples of the known differences")
	flag.Parse()
	passed, err := run(given, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
	if !passed {
		os.Exit(1)
	}
}

func run(given settings, files []string) (bool, error) {
	text, err := os.ReadFile(given.known)
	if err != nil {
		return false, err
	}
	known, err := readKnown(string(text), given.release)
	if err != nil {
		return false, fmt.Errorf("%s: %w", given.known, err)
	}
	examples, err := writeExamples(known, given.scratch)
	if err != nil {
		return false, err
	}
	pairs, err := readBoth(given, append(examples, files...))
	if err != nil {
		return false, err
	}
	return report(os.Stdout, judge(pairs, known, len(examples)), known), nil
}
