package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func read(t *testing.T, line string) result {
	t.Helper()
	results, err := readLines([]byte(line))
	if err != nil {
		t.Fatal(err)
	}
	return results[0]
}

// found is what differs between the lines of fluke and of the original, as text.
func found(t *testing.T, fluke, original string) string {
	t.Helper()
	differences, _ := compare(pair{read(t, fluke), read(t, original)})
	var texts []string
	for _, each := range differences {
		texts = append(texts, each.String())
	}
	return strings.Join(texts, "\n")
}

func attributes(text string) string {
	return `{"file":"f.hcl","body":{"attributes":{` + text + `},"blocks":[]},"diagnostics":[` +
		`{"severity":"error","summary":"S","kind":"","line":2,"byte":5}]}`
}

func rejected(summary, line string) string {
	return `{"file":"f.hcl","body":null,"diagnostics":[{"severity":"error","summary":"` + summary +
		`","line":` + line + `,"byte":0}]}`
}

func TestCompare(t *testing.T) {
	for _, row := range []struct{ name, fluke, original, want string }{
		{"equal", attributes(`"a":{"b":1}`), attributes(`"a":{"b":1}`), ""},
		{"value", attributes(`"a":1`), attributes(`"a":1.0`),
			"f.hcl at a: value differs\n  fluke:    1\n  original: 1.0"},
		{"white space", attributes(`"a":"% \n"`), attributes(`"a":"%"`),
			"f.hcl at a: space differs\n  fluke:    \"% \\n\"\n  original: \"%\""},
		{"minus zero", attributes(`"a":0`), attributes(`"a":-0`),
			"f.hcl at a: value differs\n  fluke:    0\n  original: -0"},
		{"error in one", attributes(`"a":1`), attributes(`"a":{"$error":{"line":2,"column":1,"byte":5}}`),
			"f.hcl at a: outcome differs\n  fluke:    1\n  original: line 2: S"},
		{"errors on two lines", attributes(`"a":{"$error":{"line":1,"column":1,"byte":0}}`),
			attributes(`"a":{"$error":{"line":2,"column":1,"byte":5}}`),
			"f.hcl at a: place differs\n  fluke:    line 1: not-reported\n  original: line 2: S"},
		{"panic", attributes(`"a":1`), attributes(`"a":{"$panic":"oh"}`),
			"f.hcl at a: outcome differs\n  fluke:    1\n  original: line -1: panic: oh"},
		{"structure", attributes(`"a":1`), attributes(`"b":1`),
			"f.hcl: structure differs\n  fluke:    a\n  original: b"},
		{"acceptance", attributes(`"a":1`), rejected("S", "3"),
			"f.hcl: acceptance differs\n  fluke:    accepted\n  original: line 3: S"},
		{"place", rejected("T", "1"), rejected("S", "3"),
			"f.hcl: place differs\n  fluke:    line 1: T\n  original: line 3: S"},
		{"same place", rejected("T", "3"), rejected("S", "3"), ""},
	} {
		if got := found(t, row.fluke, row.original); got != row.want {
			t.Errorf("%s:\n%s\nbut wanted\n%s", row.name, got, row.want)
		}
	}
}

const list = "# Known\n\n## T is earlier\nA reason.\n\n```difference\ndiffers: place\nfluke: T*\noriginal: *\n" +
	"line: earlier\n```\n\nFor instance:\n```hcl\na = [\n```\n"

func verdictOn(t *testing.T, pairs ...pair) string {
	t.Helper()
	known, err := readKnown(list, "")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	report(&out, judge(pairs, known, 1), known)
	return out.String()
}

func TestKnownDifferencesAreCounted(t *testing.T) {
	earlier := pair{read(t, rejected("T1", "1")), read(t, rejected("S", "3"))}
	want := "known:    1 × T is earlier\ncompared 1 files with 0 values: 0 differences, and 1 of 1 known kinds\n"
	if got := verdictOn(t, earlier, earlier); got != want {
		t.Error(got)
	}
}

func TestADifferenceOfAnotherKindIsTold(t *testing.T) {
	earlier := pair{read(t, rejected("T1", "1")), read(t, rejected("S", "3"))}
	later := pair{read(t, rejected("T1", "4")), read(t, rejected("S", "3"))}
	if got := verdictOn(t, earlier, later); !strings.HasPrefix(got, "f.hcl: place differs\n") {
		t.Error(got)
	}
}

// alsoRejected is `rejected` with a second error behind the first.
func alsoRejected(line, second string) string {
	one, two := rejected("T1", line), rejected("S", second)
	return strings.TrimSuffix(one, "]}") + "," + two[strings.Index(two, `{"severity"`):]
}

func TestAnEntryCanAskForThePlaceToBeToldByBoth(t *testing.T) {
	known, err := readKnown(strings.Replace(list, "line: earlier", "line: earlier\ntold: both", 1), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		fluke string
		want  bool
	}{{alsoRejected("1", "3"), true}, {alsoRejected("1", "2"), false}} {
		differences, _ := compare(pair{read(t, row.fluke), read(t, rejected("S", "3"))})
		if got := known[0].explains(differences[0]); got != row.want {
			t.Error(row.fluke, got)
		}
	}
}

func TestAnEntryCanAskForTheSourceOfTheOriginalsLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f.hcl")
	if err := os.WriteFile(file, []byte("a = [\n  b...\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	known := knownDifference{differs: "place", fluke: "*", original: "*", source: "*..."}
	for line, want := range map[int]bool{1: false, 2: true, 9: false} {
		found := difference{file: file, differs: "place", flukeLine: 1, originalLine: line}
		if got := known.explains(found); got != want {
			t.Error(line, got)
		}
	}
}

func TestAnEntryCanAskForALogicalOperation(t *testing.T) {
	known := knownDifference{differs: "outcome", fluke: "*", original: "*", within: "logic"}
	for within, want := range map[string]bool{"": false, "logic": true} {
		original := strings.Replace(attributes(`"a":{"$error":{"line":2,"column":1,"byte":5}}`),
			`"byte":5}]`, `"byte":5,"within":"`+within+`"}]`, 1)
		differences, _ := compare(pair{read(t, attributes(`"a":1`)), read(t, original)})
		if got := known.explains(differences[0]); got != want {
			t.Error(within, got)
		}
	}
}

func TestAnEntryCanBeAboutOneRelease(t *testing.T) {
	for release, want := range map[string]int{"2.14": 1, "2.24": 0} {
		known, err := readKnown(strings.Replace(list, "line: earlier", "line: earlier\nrelease: 2.14", 1), release)
		if err != nil || len(known) != want {
			t.Error(release, known, err)
		}
	}
}

func TestAnEntryThatNoLongerOccursIsTold(t *testing.T) {
	same := pair{read(t, rejected("T1", "3")), read(t, rejected("S", "3"))}
	want := "DIFFERENCES.md: \"T is earlier\" no longer occurs: its example shows no such difference\n"
	if got := verdictOn(t, same); !strings.HasPrefix(got, want) {
		t.Error(got)
	}
}

func TestAnEntryNeedsAReason(t *testing.T) {
	_, err := readKnown(strings.Replace(list, "A reason.", "", 1), "")
	if err == nil || err.Error() != `"T is earlier" gives no reason` {
		t.Error(err)
	}
}
