package main

import (
	"fmt"
	"io"
	"sort"
)

// A verdict is all that a comparison has found.
type verdict struct {
	files, values int
	// No entry explains them.
	unexpected []difference
	// How many differences each known entry explains, its own example apart.
	occurrences []int
	// The entries whose examples do not show them.
	gone []knownDifference
}

// judge holds the differences of all pairs against the known ones. The first pairs are their
// examples, in their order.
func judge(pairs []pair, known []knownDifference, examples int) verdict {
	found := verdict{files: len(pairs) - examples, occurrences: make([]int, len(known))}
	for i, each := range pairs {
		differences, values := compare(each)
		shown := false
		for _, one := range differences {
			entry := explanation(one, known)
			switch {
			case entry < 0:
				found.unexpected = append(found.unexpected, one)
			case i < examples:
				shown = shown || entry == i || known[i].explains(one)
			default:
				found.occurrences[entry]++
			}
		}
		if i >= examples {
			found.values += values
		} else if !shown {
			found.gone = append(found.gone, known[i])
		}
	}
	return found
}

// explanation is the index of the first entry that explains the difference, or -1.
func explanation(one difference, known []knownDifference) int {
	for i := range known {
		if known[i].explains(one) {
			return i
		}
	}
	return -1
}

// report says whether all is well.
func report(out io.Writer, found verdict, known []knownDifference) bool {
	for _, one := range found.unexpected {
		fmt.Fprintln(out, one)
	}
	for _, entry := range found.gone {
		fmt.Fprintf(out, "DIFFERENCES.md: %q no longer occurs: its example shows no such difference\n", entry.title)
	}
	total := 0
	for i, count := range found.occurrences {
		total += count
		fmt.Fprintf(out, "known: %4d × %s\n", count, known[i].title)
	}
	fmt.Fprintf(out, "compared %d files with %d values: %d differences, and %d of %d known kinds\n",
		found.files, found.values, len(found.unexpected), total, len(known))
	return len(found.unexpected) == 0 && len(found.gone) == 0
}

func sortedNames[T any](of map[string]T) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
