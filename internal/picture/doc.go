// Package picture draws what a page cannot draw where SVG and scripts are
// off: maps, bars and lines as PNG, each with a text alternative in Russian
// and English, and thumbnails of files people send.
//
// Make one Painter per process and ask it for pictures; it is safe for use
// from several goroutines:
//
//	painter := picture.NewPainter()
//	png, err := painter.Map(picture.MapOptions{
//		Style:   picture.Style{Lang: "ru", Title: "Задержания по регионам"},
//		Bubbles: []picture.Bubble{{Code: "RU-MOW", Label: "Москва", Lat: 55.8, Lon: 37.6, Value: 312}},
//	})
//
// Rows go in, bytes come out: the package reads no store, keeps nothing of
// what it draws and never decides what may be shown. Small numbers are
// suppressed by the caller, who marks them; a mark is then drawn without the
// number. The same options give the same bytes; no picture carries metadata.
//
// The package never promises that a picture is enough: every number in it
// must also stand in a table beside it.
package picture
