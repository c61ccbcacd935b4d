package index

import (
	"math"
	"strconv"
)

// A number is kept as bits, one facet per bit that is set ("#0", "#1", …), so
// that the sum over any set of records is Σ 2^bit × |slice ∩ set|: exact, and
// without reading a record. (Bit-sliced index: O'Neil and Quass, "Improved
// query performance with variant indexes", SIGMOD 1997.) Thousandths have
// slices of their own ("#.0" … "#.9"); negative numbers have "#-".
const (
	sliceMark     = "#"
	sliceNegative = "#-"
	sliceFraction = "."
	integerBits   = 48 // numbers up to 281 trillion; larger ones are cut there
	fractionBits  = 10 // 1/1000 steps: 0 … 999
	fractionParts = 1000
)

func numberSlices(v float64) []string {
	if math.IsNaN(v) {
		return nil
	}
	mark := sliceMark
	if v < 0 {
		mark, v = sliceNegative, -v
	}
	v = math.Min(v, 1<<integerBits-1)
	scaled := uint64(math.Round(v * fractionParts))
	var out []string
	out = appendBits(out, mark, scaled/fractionParts)
	return appendBits(out, mark+sliceFraction, scaled%fractionParts)
}

func appendBits(out []string, mark string, n uint64) []string {
	for bit := 0; n > 0; bit, n = bit+1, n>>1 {
		if n&1 == 1 {
			out = append(out, mark+strconv.Itoa(bit))
		}
	}
	return out
}

// slice is one bit slice and what a record in it adds to a sum, in thousandths.
type slice struct {
	value  string
	weight float64
}

// allSlices lists every slice a number field can have, in a fixed order.
func allSlices() []slice {
	var out []slice
	for _, side := range []struct {
		mark string
		sign float64
	}{{sliceMark, 1}, {sliceNegative, -1}} {
		for bit := 0; bit < integerBits; bit++ {
			out = append(out, slice{side.mark + strconv.Itoa(bit), side.sign * math.Ldexp(fractionParts, bit)})
		}
		for bit := 0; bit < fractionBits; bit++ {
			out = append(out, slice{side.mark + sliceFraction + strconv.Itoa(bit), side.sign * math.Ldexp(1, bit)})
		}
	}
	return out
}
