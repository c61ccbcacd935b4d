package picture

import "sync"

// Painter draws pictures. It reads the outline of countries once, at the
// first map. The zero value is ready; it must not be copied after first use.
type Painter struct {
	once    sync.Once
	outline *Outline
	err     error
}

// NewPainter makes a Painter.
func NewPainter() *Painter { return &Painter{} }

// Outline gives the political base layer of the maps.
func (p *Painter) Outline() (*Outline, error) {
	p.once.Do(func() { p.outline, p.err = decodeOutline(outlineFile) })
	return p.outline, p.err
}
