package demo

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"

	"svod/internal/core"
	"svod/internal/kernel"
)

// story is one file of data/people; data/README.md describes it.
type story struct {
	file    string
	Author  string   `yaml:"author"`
	Circle  string   `yaml:"circle"`
	Events  []string `yaml:"events"` // of the fact table, which Circle may read too
	Records []entry  `yaml:"records"`
}

// entry is one record of a story.
type entry struct {
	ID     string         `yaml:"id"`
	Type   string         `yaml:"type"`
	Circle string         `yaml:"circle"`
	Share  []string       `yaml:"share"`
	Values map[string]any `yaml:"values"`
}

// readStories decodes every story strictly and checks ids, circles and authors.
func readStories(data fs.FS) ([]story, error) {
	files, err := fs.Glob(data, "people/*.yaml")
	if err != nil {
		return nil, err
	}
	var out []story
	seen := map[string]string{}
	for _, file := range files {
		b, err := fs.ReadFile(data, file)
		if err != nil {
			return nil, err
		}
		s := story{file: file}
		if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&s); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", errData, file, err)
		}
		if s.Author == "" {
			s.Author = "vera"
		}
		if s.Author != "vera" && s.Author != "marat" {
			return nil, fmt.Errorf("%w: %s: author %q; want vera or marat", errData, file, s.Author)
		}
		if s.Circle == "" {
			s.Circle = ladoga
		}
		for _, e := range s.Records {
			if err := e.check(s); err != nil {
				return nil, err
			}
			if first, twice := seen[e.ID]; twice {
				return nil, e.fail(s, "id", "is used in "+first+" already")
			}
			seen[e.ID] = file
		}
		out = append(out, s)
	}
	return out, nil
}

func (e entry) check(s story) error {
	if e.ID == "" || strings.HasPrefix(e.ID, "OVD-") {
		return e.fail(s, "id", "every record needs one, not beginning with OVD-")
	}
	for _, c := range append([]string{e.circle(s)}, e.Share...) {
		if circleNames[c] == "" {
			return e.fail(s, "circle", fmt.Sprintf("%q; want %s or %s", c, ladoga, prichal))
		}
	}
	return nil
}

// circle is the record's own circle, or that of its file.
func (e entry) circle(s story) string {
	if e.Circle != "" {
		return e.Circle
	}
	return s.Circle
}

func (e entry) fail(s story, where, what string) error {
	return fmt.Errorf("%w: %s: record %q: %s: %s", errData, s.file, e.ID, where, what)
}

// open lets the story's circle read the events it is about: lawyers see the
// cases they work on and no others.
func (l *loader) open(s story) error {
	for _, e := range s.Events {
		id, ok := l.ids[e]
		if !ok {
			return core.Internal(fmt.Errorf("%w: %s: events: there is no %q", errData, s.file, e))
		}
		if err := l.k.Share(l.ctx, l.cast.actors["vera"], id, l.cast.circles[s.Circle], false, ""); err != nil {
			return core.Internal(fmt.Errorf("%w: %s: events: %q: %w", errData, s.file, e, err))
		}
	}
	return nil
}

// story writes one file's records and shares those that say so.
func (l *loader) story(s story) error {
	if err := l.open(s); err != nil {
		return err
	}
	actor := l.cast.actors[s.Author]
	drafts := make([]kernel.Draft, len(s.Records))
	for i, e := range s.Records {
		t := l.k.Packs().Type(e.Type)
		if t == nil {
			return core.Internal(e.fail(s, "type", fmt.Sprintf("there is no type %q", e.Type)))
		}
		w := &writer{l: l, actor: actor, circle: l.cast.circles[e.circle(s)]}
		values := core.Values{}
		for key, raw := range e.Values {
			f := t.Field(key)
			if f == nil {
				return core.Internal(e.fail(s, key, "there is no such field"))
			}
			v, err := w.value(f, raw)
			if err != nil {
				return core.Internal(e.fail(s, key, err.Error()))
			}
			values[key] = v
		}
		id := core.NewIDAt(l.k.Now())
		l.ids[e.ID] = id
		drafts[i] = kernel.Draft{ID: id, Type: e.Type, Circle: w.circle, Values: values}
	}
	if err := l.write(actor, drafts); err != nil {
		return core.Internal(s.blame(err))
	}
	for _, e := range s.Records {
		for _, c := range e.Share {
			if err := l.k.Share(l.ctx, actor, l.ids[e.ID], l.cast.circles[c], false, ""); err != nil {
				return core.Internal(e.fail(s, "share", err.Error()))
			}
		}
	}
	return nil
}

// blame names the records that the kernel refused, which it counts from 1 in a
// batch.
func (s story) blame(err error) error {
	list, ok := err.(core.Errors)
	if !ok {
		return fmt.Errorf("%w: %s: %w", errData, s.file, err)
	}
	var b strings.Builder
	for _, e := range list {
		id := "?"
		if e.Row > 0 && e.Row <= len(s.Records) {
			id = s.Records[e.Row-1].ID
		}
		fmt.Fprintf(&b, "\n  record %q: %s", id, e.Error())
	}
	return fmt.Errorf("%w: %s:%s", errData, s.file, b.String())
}
