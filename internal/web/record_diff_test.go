package web

import "testing"

func marked(spans []diffSpan) string {
	out := ""
	for _, s := range spans {
		if s.Mark {
			out += "[" + s.Text + "]"
		} else {
			out += s.Text
		}
	}
	return out
}

func TestDiffWords(t *testing.T) {
	for _, c := range []struct{ before, after, old, new string }{
		{"", "", "", ""},
		{"", "новое", "", "[новое]"},
		{"старое", "", "[старое]", ""},
		{"Пикет у суда", "Пикет у суда", "Пикет у суда", "Пикет у суда"},
		{"Пикет у суда", "Пикет у городского суда", "Пикет у суда", "Пикет у[ городского] суда"},
		{"a b c d", "a x c y", "a[ b] c[ d]", "a[ x] c[ y]"},
		{"один\nдва", "один\nдва\nтри", "один\nдва", "один\nдва[\nтри]"},
		{"a b", "c d", "[a b]", "[c d]"},
	} {
		a, b := diffWords(c.before, c.after)
		if marked(a) != c.old || marked(b) != c.new {
			t.Errorf("%q → %q: %q, %q", c.before, c.after, marked(a), marked(b))
		}
	}
}

func TestDispositionNamesForEveryBrowser(t *testing.T) {
	for name, want := range map[string]string{
		"report.pdf":         "attachment; filename=report.pdf; filename*=UTF-8''report.pdf",
		"фото 1.png":         `attachment; filename="____ 1.png"; filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE%201.png`,
		"a\"b\r\nX: y;c.txt": `attachment; filename="a_b__X_ y_c.txt"; filename*=UTF-8''a%22b%0D%0AX%3A%20y%3Bc.txt`,
	} {
		if got := disposition(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
