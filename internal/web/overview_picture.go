package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/picture"
)

// Bounds of the kept pictures.
const (
	maxPictures     = 64
	maxPictureBytes = 16 << 20
)

// gallery keeps the pictures that were drawn last, in memory only. A picture
// is kept under the circles of who asked, so that nobody is shown one that was
// drawn from records they cannot see, and under the size of the ledger, so
// that it is drawn anew when anything has changed.
type gallery struct {
	painter *picture.Painter

	mu    sync.Mutex
	png   map[string][]byte // guarded by mu
	order []string          // guarded by mu; oldest first
	size  int               // guarded by mu; bytes
}

func newGallery() *gallery {
	return &gallery{painter: picture.NewPainter(), png: map[string][]byte{}}
}

func (g *gallery) get(key string) ([]byte, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	b, ok := g.png[key]
	return b, ok
}

func (g *gallery) put(key string, png []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.png[key]; ok || len(png) > maxPictureBytes/4 {
		return
	}
	g.png[key], g.order, g.size = png, append(g.order, key), g.size+len(png)
	for len(g.order) > maxPictures || g.size > maxPictureBytes {
		g.size -= len(g.png[g.order[0]])
		delete(g.png, g.order[0])
		g.order = g.order[1:]
	}
}

// shot is where a picture of this overview is found.
func (q overviewQuery) shot(name string, width, height int) shot {
	png := name + ".png"
	return shot{Light: q.part(png), Light2: q.part(png, "scale", "2"), Dark: q.part(png, "dark", "1"), Dark2: q.part(png, "dark", "1", "scale", "2"),
		PNG: q.part(png, "download", "1"), PNG2: q.part(png, "download", "1", "scale", "2"), CSV: q.part(name + ".csv"),
		Width: width, Height: height}
}

// overviewPicture draws the map or the histogram of a query, for the page or
// with a caption to download.
func (s *Server) overviewPicture(v *visit) error {
	t := s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return core.NotFound()
	}
	q, in := parseOverviewQuery(t, v.query()), v.query()
	style := picture.Style{Lang: v.lang, Dark: in.Get("dark") == "1", Scale: 1}
	if in.Get("scale") == "2" {
		style.Scale = 2
	}
	download := in.Get("download") == "1"
	if download {
		style.Dark = false
		style.Title, style.Source = v.measure(t, q), v.caption(t, q)
	}
	if s.kernel.Info().Demo {
		style.Watermark = v.T("site.demo_mark")
	}
	name := strings.TrimSuffix(v.r.PathValue("picture"), ".png")
	key, err := v.pictureKey(name, q, style)
	if err != nil {
		return err
	}
	png, ok := s.gallery.get(key)
	if !ok {
		if png, err = v.draw(name, t, q, style); err != nil {
			return err
		}
		s.gallery.put(key, png)
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/png")
	if download {
		h.Set("Content-Disposition", attachment(v.fileName(t, name, "png")))
	}
	h.Set("Content-Length", strconv.Itoa(len(png)))
	v.w.WriteHeader(http.StatusOK)
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(png) // the reader has gone: nothing to tell anybody
	}
	return nil
}

// pictureKey is under what a picture is kept.
func (v *visit) pictureKey(name string, q overviewQuery, style picture.Style) (string, error) {
	circles, err := v.s.kernel.Circles(v.ctx, v.actor)
	if err != nil {
		return "", err
	}
	head, err := v.s.kernel.Head(v.ctx)
	if err != nil {
		return "", err
	}
	var mine []string
	for _, c := range circles {
		if c.Role != "" {
			mine = append(mine, string(c.ID))
		}
	}
	slices.Sort(mine)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s\x00%s\x00%s\x00%+v\x00%s", strings.Join(mine, ","), head.Size,
		name, q.Type, q.values().Encode(), style, v.actor.Person))
	return hex.EncodeToString(sum[:]), nil
}

func (v *visit) draw(name string, t *core.Type, q overviewQuery, style picture.Style) ([]byte, error) {
	switch name {
	case "map":
		m, err := v.s.kernel.MapOf(v.ctx, v.actor, q.kernel())
		if err != nil {
			return nil, err
		}
		return v.s.gallery.painter.Map(v.mapOptions(t, q, m, style))
	case "months":
		h, err := v.histogram(q)
		if err != nil {
			return nil, err
		}
		return v.s.gallery.painter.Months(v.monthsOptions(t, q, h, style))
	}
	return nil, core.NotFound()
}

// mapOptions is the map of a query. A number below the floor is marked and not
// given to the painter at all.
func (v *visit) mapOptions(t *core.Type, q overviewQuery, m kernel.MapData, style picture.Style) picture.MapOptions {
	style.Lang = v.lang
	o := picture.MapOptions{Style: style, Threshold: m.Floor, Unknown: m.Unknown, Unit: v.unit(t, q)}
	for _, p := range m.Places {
		b := picture.Bubble{Code: p.Code, Label: p.Label.In(v.lang), Lat: p.Lat, Lon: p.Lon, Suppressed: p.Suppressed}
		if n := int(math.Round(picked(q.Sum, p.Count, p.Sum))); n < m.Floor {
			b.Suppressed = true
		} else if !p.Suppressed {
			b.Value = n
		}
		o.Bubbles = append(o.Bubbles, b)
	}
	return o
}

func (v *visit) monthsOptions(t *core.Type, q overviewQuery, h kernel.Histogram, style picture.Style) picture.MonthsOptions {
	style.Lang = v.lang
	o := picture.MonthsOptions{Style: style, Step: picture.ByMonth, Unknown: h.Unknown, Unit: v.unit(t, q)}
	if h.By == string(index.ByYear) {
		o.Step = picture.ByYear
	}
	for _, b := range h.Bars {
		p := picture.Period{Part: 1}
		p.Year, _ = strconv.Atoi(b.Period[:4]) // four digits, by the kernel's word
		if len(b.Period) >= 7 {
			p.Part, _ = strconv.Atoi(b.Period[5:7])
		}
		o.Columns = append(o.Columns, picture.Column{Period: p, Value: int(math.Round(picked(q.Sum, b.Count, b.Sum)))})
	}
	return o
}

// unit is what is counted, as the painter wants it; "" = records.
func (v *visit) unit(t *core.Type, q overviewQuery) string {
	if q.Sum {
		return v.T("overview.unit_sum", "field", v.measure(t, q))
	}
	return ""
}
