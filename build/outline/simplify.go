package main

import (
	"container/heap"
	"math"
)

// minTriangle is the simplification threshold in square kilometres: a point
// goes when the triangle with its neighbours is smaller.
const minTriangle = 4.0

// simplify removes points by effective area (Visvalingam and Whyatt, "Line
// generalisation by repeated elimination of points", 1993). The ends of an
// arc stay, so neighbours that share an arc keep sharing it. A closed arc
// keeps at least four positions.
func simplify(line []position, threshold float64) []position {
	keep := 2
	if line[0] == line[len(line)-1] {
		keep = 4
	}
	if len(line) <= keep {
		return line
	}
	nodes := make([]*node, len(line))
	for i := range line {
		nodes[i] = &node{at: i, size: math.Inf(1)}
	}
	queue := make(nodeHeap, 0, len(line))
	for i := 1; i < len(line)-1; i++ {
		nodes[i].previous, nodes[i].next = nodes[i-1], nodes[i+1]
		nodes[i].size = triangle(line[i-1], line[i], line[i+1])
		queue = append(queue, nodes[i])
	}
	for i, n := range queue {
		n.index = i
	}
	heap.Init(&queue)
	removed := make([]bool, len(line))
	for left := len(line); left > keep && queue.Len() > 0; left-- {
		n := heap.Pop(&queue).(*node)
		if n.size >= threshold {
			break
		}
		removed[n.at] = true
		n.link(line, n.size, &queue)
	}
	var out []position
	for i, p := range line {
		if !removed[i] {
			out = append(out, p)
		}
	}
	return out
}

// triangle gives the area of a triangle in square kilometres.
func triangle(a, b, c position) float64 {
	ax, ay := plane(a)
	bx, by := plane(b)
	cx, cy := plane(c)
	return math.Abs((bx-ax)*(cy-ay)-(cx-ax)*(by-ay)) / 2
}

// node is a point of the line while it is being simplified.
type node struct {
	at, index      int
	size           float64
	previous, next *node
}

// link closes the line over a removed node and updates its neighbours. An
// effective area never shrinks below that of a point removed before it.
func (n *node) link(line []position, floor float64, queue *nodeHeap) {
	before, after := n.previous, n.next
	before.next, after.previous = after, before
	for _, m := range []*node{before, after} {
		if m.at == 0 || m.at == len(line)-1 {
			continue
		}
		size := triangle(line[m.previous.at], line[m.at], line[m.next.at])
		m.size = math.Max(size, floor)
		heap.Fix(queue, m.index)
	}
}

// nodeHeap orders nodes by area, then by place, so that equal areas always
// fall in the same order.
type nodeHeap []*node

func (h nodeHeap) Len() int { return len(h) }
func (h nodeHeap) Less(i, j int) bool {
	if h[i].size != h[j].size {
		return h[i].size < h[j].size
	}
	return h[i].at < h[j].at
}
func (h nodeHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push and Pop satisfy container/heap.
func (h *nodeHeap) Push(x any) {
	n := x.(*node)
	n.index = len(*h)
	*h = append(*h, n)
}

// Pop removes the last node.
func (h *nodeHeap) Pop() any {
	old := *h
	n := old[len(old)-1]
	*h = old[:len(old)-1]
	return n
}
