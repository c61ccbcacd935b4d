package main

import (
	"fmt"

	"svod/internal/picture"
)

// transfer moves the polygon around a place from one country to another. The
// atlas must hold that place as a polygon of its own.
type transfer struct {
	place    string
	at       position
	from, to string
}

// transfers says for each territory setting what differs from the de-facto
// view of Natural Earth.
func transfers(t picture.Territory) ([]transfer, error) {
	switch t {
	case picture.UNGA68_262:
		// "Territorial integrity of Ukraine", 27 March 2014. Natural Earth
		// draws Crimea inside Russia, at 50m as a polygon of its own.
		return []transfer{{place: "Simferopol", at: position{34.10, 44.95}, from: "RU", to: "UA"}}, nil
	}
	return nil, fmt.Errorf("unknown territory setting %q; known: %s", t, picture.UNGA68_262)
}

// maxTransfer is the largest polygon, in square kilometres, that a transfer
// may move: a guard against moving a mainland when the atlas changes.
const maxTransfer = 40_000

// applyTerritory carries out the transfers of the setting.
func applyTerritory(a *atlas, countries []*country, t picture.Territory) error {
	list, err := transfers(t)
	if err != nil {
		return err
	}
	byCode := map[string]*country{}
	for _, c := range countries {
		byCode[c.code] = c
	}
	for _, move := range list {
		from, to := byCode[move.from], byCode[move.to]
		if from == nil || to == nil {
			return fmt.Errorf("%s: the atlas lacks %s or %s", move.place, move.from, move.to)
		}
		found := false
		for i, p := range from.polygons {
			line := a.points(p[0])
			if !contains(line, move.at) {
				continue
			}
			if size := area(line); size > maxTransfer {
				return fmt.Errorf("%s lies in a polygon of %.0f km²: it is not one of its own", move.place, size)
			}
			from.polygons = append(append([]polygon{}, from.polygons[:i]...), from.polygons[i+1:]...)
			to.polygons = append(to.polygons, p)
			found = true
			break
		}
		if !found {
			return fmt.Errorf("%s is in no polygon of %s: the atlas has changed", move.place, move.from)
		}
	}
	return nil
}
