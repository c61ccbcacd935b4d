package web_test

import "github.com/chromedp/chromedp"

// faults lists what keeps people out of the open page, by the rules that a
// program can check: names of controls and pictures, unique ids, one main
// heading, heading levels without gaps, headings of table columns, the size of
// what is pressed (WCAG 2.5.8: 24 CSS pixels), and links within the page that
// lead somewhere.
func (s *screen) faults() []string {
	s.t.Helper()
	return act(s, chromedp.Evaluate[[]string](`(() => {
		const out = [], say = (what, e) => out.push(what + ": " + e.outerHTML.slice(0, 140));
		const all = (q) => [...document.querySelectorAll(q)];
		const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; };
		const words = (e) => (e.textContent + " " + (e.getAttribute("aria-label") || "") + " " + (e.title || "")
			+ [...e.querySelectorAll("img")].map(i => i.alt).join(" ")).trim();
		const seen = new Set();
		for (const e of all("[id]")) { if (seen.has(e.id)) say("id twice", e); seen.add(e.id); }
		for (const e of all("input:not([type=hidden]), select, textarea"))
			if (!e.labels.length && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) say("no label", e);
		for (const e of all("a[href], button, summary")) if (!words(e)) say("no name", e);
		for (const e of all("a[aria-label], button[aria-label]")) {
			const seen = [...e.childNodes].filter(n => n.nodeType === 3 || !n.matches("[aria-hidden], .hide")).map(n => n.textContent).join("");
			const plain = (s) => s.toLowerCase().replace(/\s+/g, " ").trim();
			if (!plain(e.getAttribute("aria-label")).includes(plain(seen))) say("name without the words on it", e);
		}
		for (const e of all("img")) if (!e.hasAttribute("alt")) say("no alt", e);
		for (const e of all("[aria-labelledby]")) if (!document.getElementById(e.getAttribute("aria-labelledby"))) say("label is missing", e);
		for (const e of all("a[href^='#']")) { const id = e.getAttribute("href").slice(1); if (id && !document.getElementById(id)) say("leads nowhere", e); }
		for (const e of all("thead th:not([scope])")) say("no scope", e);
		for (const e of all("table.rows td[data-l='']")) say("no column name", e);
		if (all("h1").length !== 1) out.push(all("h1").length + " main headings");
		let level = 0;
		for (const e of all("main h1, main h2, main h3, main h4")) {
			const n = +e.tagName[1];
			if (level && n > level + 1) say("heading level left out", e);
			level = n;
		}
		for (const e of all("button, summary, input:not([type=hidden]), select, a.button, a.chip, a.facet"))
			if (shown(e)) { const r = e.getBoundingClientRect(); if (r.height < 23.5 && !e.closest("label")) say("too small, " + Math.round(r.height) + " px", e); }
		if (!document.documentElement.lang) out.push("no language");
		if (!document.title.trim()) out.push("no title");
		return out;
	})()`))
}
