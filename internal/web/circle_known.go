package web

import (
	"svod/internal/core"
	"svod/internal/kernel"
)

// circleChoice is a circle to choose.
type circleChoice struct {
	ID       core.ID
	Name     string
	Selected bool
}

// knownCircles are the circles the actor may know of. The kernel counts their
// records, so they are asked for once in a request.
func (v *visit) knownCircles() ([]kernel.CircleInfo, error) {
	if v.circles == nil {
		list, err := v.s.kernel.Circles(v.ctx, v.actor)
		if err != nil {
			return nil, err
		}
		v.circles = list
	}
	return v.circles, nil
}

// circleNames are their names. One that cannot be had is shown as unknown.
func (v *visit) circleNames() map[core.ID]string {
	out := map[core.ID]string{}
	list, err := v.knownCircles()
	if err != nil {
		return out
	}
	for _, c := range list {
		out[c.ID] = c.Name
	}
	return out
}

// writableCircles are the circles in which the actor may write.
func (v *visit) writableCircles(chosen core.ID) []circleChoice {
	list, err := v.knownCircles()
	if err != nil {
		return nil
	}
	var out []circleChoice
	for _, c := range list {
		if c.Role.Allows(core.Worker) && !c.Closed {
			out = append(out, circleChoice{c.ID, c.Name, c.ID == chosen})
		}
	}
	return out
}

func (v *visit) canWrite() bool { return len(v.writableCircles("")) > 0 }
