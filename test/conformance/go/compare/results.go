package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// A result is what one evaluator says of one file.
type result struct {
	File        string       `json:"file"`
	Body        *body        `json:"body"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type body struct {
	Attributes map[string]json.RawMessage `json:"attributes"`
	Blocks     []block                    `json:"blocks"`
}

type block struct {
	Type   string   `json:"type"`
	Labels []string `json:"labels"`
	Body   *body    `json:"body"`
}

type diagnostic struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	// Of fluke's only.
	Kind string `json:"kind"`
	Line int    `json:"line"`
	Byte int    `json:"byte"`
	// "logic" where it stands within an operation with && or ||. Of the original's only.
	Within string `json:"within"`
}

// name is the stable name of a diagnostic: its kind, or the original's summary, which holds no names.
func (d diagnostic) name() string {
	if d.Kind != "" {
		return d.Kind
	}
	return d.Summary
}

// firstError is nil where the file is free of them. Diagnostics are in the order of their places.
func (r *result) firstError() *diagnostic {
	for i := range r.Diagnostics {
		if r.Diagnostics[i].Severity == "error" {
			return &r.Diagnostics[i]
		}
	}
	return nil
}

// errorAt is the error that begins at that byte.
func (r *result) errorAt(byte int) diagnostic {
	for _, each := range r.Diagnostics {
		if each.Byte == byte && each.Severity == "error" {
			return each
		}
	}
	return diagnostic{Kind: "not-reported"}
}

func (r *result) hasErrorOn(line int) bool {
	for _, each := range r.Diagnostics {
		if each.Line == line && each.Severity == "error" {
			return true
		}
	}
	return false
}

// A pair is what both say of one file.
type pair struct {
	fluke, original result
}

func readBoth(given settings, files []string) ([]pair, error) {
	fluke, err := evaluateAll(given.fluke, given.vars, files)
	if err != nil {
		return nil, err
	}
	original, err := evaluateAll(given.original, given.vars, files)
	if err != nil {
		return nil, err
	}
	pairs := make([]pair, len(files))
	for i := range files {
		pairs[i] = pair{fluke[i], original[i]}
	}
	return pairs, nil
}

// evaluateAll runs an evaluator on a part of the files at a time: command lines are limited.
func evaluateAll(program, vars string, files []string) ([]result, error) {
	const most = 500
	var results []result
	for begin := 0; begin < len(files); begin += most {
		end := begin + most
		if end > len(files) {
			end = len(files)
		}
		command := exec.Command(program, append([]string{"--kinds", "--vars", vars}, files[begin:end]...)...)
		command.Stderr = os.Stderr
		out, err := command.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", program, err)
		}
		part, err := readLines(out)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", program, err)
		}
		results = append(results, part...)
	}
	if len(results) != len(files) {
		return nil, fmt.Errorf("%s: %d lines for %d files", program, len(results), len(files))
	}
	return results, nil
}

func readLines(text []byte) ([]result, error) {
	var results []result
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		var read result
		if err := json.Unmarshal(line, &read); err != nil {
			return nil, fmt.Errorf("%w in %.200s", err, line)
		}
		results = append(results, read)
	}
	return results, nil
}
