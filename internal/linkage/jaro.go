package linkage

import "math/bits"

// maxKey is the longest folded form compared, in letters: one machine word.
const maxKey = 64

// codeOf packs a folded byte into the 40 codes of a comparison key.
func codeOf(c byte) byte {
	switch {
	case c >= 'a' && c <= 'z':
		return c - 'a'
	case c >= '0' && c <= '9':
		return 26 + c - '0'
	case c == ' ':
		return 36
	}
	return 37 + c%3
}

// encode turns a folded text into codes, cut at maxKey.
func encode(folded string) string {
	out := make([]byte, 0, maxKey)
	for i := 0; i < len(folded) && len(out) < maxKey; i++ {
		out = append(out, codeOf(folded[i]))
	}
	return string(out)
}

// jaroWinkler returns the similarity of two encoded keys, 0–1: Jaro's measure
// (JASA 84, 1989) with Winkler's bonus of 0.1 for each of up to four common first
// letters. The positions of each letter of a are bits of one word, so the search
// for a partner inside the window is a mask and a count of trailing zeros.
func jaroWinkler(a, b string) float64 {
	if a == b {
		if a == "" {
			return 0
		}
		return 1
	}
	la, lb := len(a), len(b)
	if la == 0 || lb == 0 {
		return 0
	}
	var at [40]uint64
	for i := 0; i < la; i++ {
		at[a[i]] |= 1 << uint(i)
	}
	window := max(la, lb)/2 - 1
	if window < 0 {
		window = 0
	}
	var usedA, usedB uint64
	for j := 0; j < lb; j++ {
		low, high := max(j-window, 0), j+window+1
		mask := ^uint64(0) << uint(low)
		if low >= 64 {
			mask = 0
		}
		if high < 64 {
			mask &= 1<<uint(high) - 1
		}
		if free := at[b[j]] & mask &^ usedA; free != 0 {
			usedA |= free & -free
			usedB |= 1 << uint(j)
		}
	}
	matched := bits.OnesCount64(usedA)
	if matched == 0 {
		return 0
	}
	swaps := 0
	for x, y := usedA, usedB; x != 0; x, y = x&(x-1), y&(y-1) {
		if a[bits.TrailingZeros64(x)] != b[bits.TrailingZeros64(y)] {
			swaps++
		}
	}
	m := float64(matched)
	jaro := (m/float64(la) + m/float64(lb) + (m-float64(swaps/2))/m) / 3
	prefix := 0
	for prefix < 4 && prefix < la && prefix < lb && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}

// oneEdit reports whether one insertion, deletion, replacement or exchange of
// neighbours turns a into b.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
