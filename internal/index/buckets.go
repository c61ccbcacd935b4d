package index

import (
	"strconv"

	"svod/internal/core"
)

// Period is the width of a date bucket.
type Period string

// The periods a histogram can have.
const (
	ByYear  Period = "year"
	ByMonth Period = "month"
	ByDay   Period = "day"
)

// Length of a bucket's value: "2012", "2012-05", "2012-05-06".
func (p Period) width() int {
	switch p {
	case ByYear:
		return 4
	case ByDay:
		return 10
	}
	return 7
}

// wide is the mark of dates whose span does not fit one bucket.
func (p Period) wide() string {
	switch p {
	case ByYear:
		return ValueWideYear
	case ByDay:
		return ValueWideDay
	}
	return ValueWideMonth
}

// BucketDays gives the first and last day of a date bucket value.
func BucketDays(value string) (first, last core.Day, ok bool) {
	n := [3]int{0, 1, 1}
	parts := 0
	switch len(value) {
	case 4:
		parts = 1
	case 7:
		parts = 2
	case 10:
		parts = 3
	default:
		return first, last, false
	}
	for i := range parts {
		at := [3]int{0, 5, 8}[i]
		end := at + 2
		if i == 0 {
			end = 4
		} else if value[at-1] != '-' {
			return first, last, false
		}
		v, err := strconv.ParseUint(value[at:end], 10, 16)
		if err != nil {
			return first, last, false
		}
		n[i] = int(v)
	}
	first = core.Day{Year: n[0], Month: n[1], Day: n[2]}
	if !first.Valid() {
		return first, last, false
	}
	switch parts {
	case 1:
		last = core.Day{Year: n[0], Month: 12, Day: 31}
	case 2:
		next := core.Day{Year: n[0], Month: n[1] + 1, Day: 1}
		if n[1] == 12 {
			next = core.Day{Year: n[0] + 1, Month: 1, Day: 1}
		}
		last = next.AddDays(-1)
	default:
		last = first
	}
	return first, last, true
}

// coveringBuckets picks from a field's values the largest buckets that lie
// inside the range: whole years, months of the years it cuts, days of the
// months it cuts.
func coveringBuckets(values []string, from, to core.Day) []string {
	taken := map[string]bool{}
	var out []string
	for _, width := range [...]int{4, 7, 10} {
		for _, v := range values {
			if len(v) != width || width > 4 && taken[v[:4]] || width > 7 && taken[v[:7]] {
				continue
			}
			first, last, ok := BucketDays(v)
			if !ok || first.Before(from) || to.Before(last) {
				continue
			}
			taken[v] = true
			out = append(out, v)
		}
	}
	return out
}
