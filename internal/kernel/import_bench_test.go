package kernel_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"svod/internal/crypt"
	"svod/internal/kernel"
)

// synthetic makes a list of n invented events.
func synthetic(n int) []byte {
	forms := []string{"митинг", "пикет", "шествие", "одиночный пикет", "прогулка"}
	topics := []string{"За честные выборы", "экология", "политзеки", "Стратегия-31", "социальная"}
	places := []string{"Москва", "Санкт-Петербург", "Новосибирская область", "Республика Карелия", "Пермский край"}
	words := []string{"площадь", "набережная", "против", "вырубки", "поддержка", "арестованных", "жители", "района", "требовали", "отмены", "закона", "собрались"}
	var b strings.Builder
	b.WriteString("№;Дата;Название;Регион;Место;Форма;Повод;Согласовано;Задержано;Организатор\n")
	for i := range n {
		w := func(k int) string { return words[(i*k+i/7+k)%len(words)] }
		fmt.Fprintf(&b, "%d;%02d.%02d.%d;Акция %d %s %s %s;%s;%s %d;%s;%s;%s;%d;Инициативная группа %d\n", i+1, i%28+1, i/28%12+1, 2010+i%14,
			i+1, w(1), w(3), w(5), places[i%5], w(2), i%200, forms[i%5], topics[i/5%5], []string{"да", "нет"}[i%2], i%40, i%300)
	}
	return []byte(b.String())
}

// BenchmarkImport imports synthetic events into an encrypted store and reports
// rows per second, from the staged file to visible records.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			list := synthetic(n)
			for range b.N {
				b.StopTimer()
				h := houseIn(b, b.TempDir(), crypt.NewInstanceKey())
				s, err := h.Stage(h.ctx, h.anna, "list.csv", bytes.NewReader(list))
				if err != nil {
					b.Fatal(err)
				}
				p, err := h.ImportPreview(h.ctx, h.anna, kernel.ImportPlan{Stage: s.ID, Type: "event", Circle: h.circle})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				info, err := h.ImportNow(h.ctx, h.anna, p.Plan, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if got, err := h.Count(h.ctx, h.anna, kernel.FindQuery{Type: "event"}); err != nil || got != n || info.Report.New != n {
					b.Fatalf("%d of %d: %v", got, n, err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
