package sheet

import (
	"math"
	"strings"
)

// Frequencies of Russian letters per 10,000 letters of ordinary prose (the
// usual school table; ё counted apart), and 200 frequent pairs of letters. They
// only need to be right in order of magnitude: the readings of one byte string
// in different encodings are very far apart.
var letterFrequency = [...]struct {
	letter rune
	per10k float64
}{
	{'о', 1097}, {'е', 845}, {'а', 801}, {'и', 735}, {'н', 670}, {'т', 626}, {'с', 547}, {'р', 473}, {'в', 454}, {'л', 440}, {'к', 349},
	{'м', 321}, {'д', 298}, {'п', 281}, {'у', 262}, {'я', 201}, {'ы', 190}, {'ь', 174}, {'г', 170}, {'з', 165}, {'б', 159}, {'ч', 144},
	{'й', 121}, {'х', 97}, {'ж', 94}, {'ш', 73}, {'ю', 64}, {'ц', 48}, {'щ', 36}, {'э', 32}, {'ф', 26}, {'ъ', 4}, {'ё', 4},
	// Ukrainian and Belarusian letters: rare in the mix of texts, not absurd
	{'і', 20}, {'ї', 6}, {'є', 6}, {'ґ', 2}, {'ў', 6},
}

const frequentPairs = "ст но то на ен ов ни ра во ко по не ро ть го пр ли ер ос ан ал ес ит ка ре ло ол от ел та ва ет ом ти ор ль ла ат од ин ле ри " +
	"об ил ам ве ог ви ск де за те ог ки тр ем тв бы ия ла ми ма ме ны да ди ед нн до со ее из че ым ых ся ой ий ая ый ое ые ую яв мо " +
	"ас ис ус ут ун уд вы сь сп бо му ши жа же жи ча чи ще щи шн зн зд да св сл см сн се си са су гр гл ги га бе би бр бл бу ба па пе пи пл " +
	"пу ту ду ку лу лю ля ня ря мя тя дя ке хо ха хи фи фе фо эт эк юд ют ью ья ье ьн ьс ьш тн тс тк вс вл вн вр дн др дл кт кр кл кс нт нс нк " +
	"мм лс рт рн рс рк рг рм рд ав ад аз ак аж ай ап ар ач аш ев ег еж ей ек ещ ид их им ик иц ич ищ оз ож ой оч ош ощ ук ул ум ур уч уш ущ"

// letterScores holds natural logarithms for the three rows of the detector.
type letterScores struct {
	letter map[rune]float64
	pair   map[[2]rune]bool
}

func newLetterScores() letterScores {
	s := letterScores{letter: map[rune]float64{}, pair: map[[2]rune]bool{}}
	for _, f := range letterFrequency {
		s.letter[f.letter] = math.Log(f.per10k / 10000)
	}
	for _, p := range strings.Fields(frequentPairs) {
		r := []rune(p)
		s.pair[[2]rune{r[0], r[1]}] = true
	}
	return s
}
