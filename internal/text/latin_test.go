package text

import "testing"

func TestLatin(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"ru", "Щербаков Юлия Сергеевна", "Shcherbakov Yuliya Sergeyevna"},
		{"ru", "ЩЕРБАКОВ Щ. Ю.", "SHCHERBAKOV Shch. Yu."},
		{"ru", "Ельцин, подъезд, Васильев", "Yeltsin, podyezd, Vasilyev"},
		{"ru", "Белый, Дмитрий, Цой", "Bely, Dmitriy, Tsoy"},
		{"ru", "№ 5 – «Да», O'Neil", "№ 5 – «Da», O'Neil"},
		{"", "Йод", "Yod"},
		{"uk", "Згурський Юрій Єнакієве Їжакевич Щербухи", "Zghurskyi Yurii Yenakiieve Yizhakevych Shcherbukhy"},
		{"uk", "Григорій Знам’янка", "Hryhorii Znam’ianka"},
		{"be", "Лукашэнка, Воўк, Гродна, Еўлах", "Lukashenka, Vouk, Hrodna, Yeulakh"},
		{"kk", "Қазақстан, Ғалым, Әлия", "Kazakstan, Galym, Aliya"},
		{"ky", "Жапаров, Өмүрбек", "Japarov, Omurbek"},
		{"tg", "Ҷумҳурии Тоҷикистон", "Jumhurii Tojikiston"},
		{"uz", "Ўзбекистон, Ғафур, Хива, Қўқон, Ҳасан", "O'zbekiston, G'afur, Xiva, Qo'qon, Hasan"},
		{"az", "Әлијев, Ҝәнҹә, Гарабағ", "Əliyev, Gəncə, Qarabağ"},
		{"ro", "Кишинэу, Георге, чине, жос, ынсэ", "Chișinău, Gheorghe, cine, jos, însă"},
		{"hy", "Երևան, Ոսկան, Պետրոսյան, Ուլիխանյան", "Yerevan, Voskan, Petrosyan, Ulikhanyan"},
		{"hy", "ՈՍԿԱՆ", "VOSKAN"},
		{"ka", "თბილისი, მიხეილ სააკაშვილი", "tbilisi, mikheil saakashvili"},
		{"en", "plain", "plain"},
	} {
		if got := Latin(c.in, c.lang); got != c.want {
			t.Errorf("Latin(%q, %q)\nhave %s\nwant %s", c.in, c.lang, got, c.want)
		}
	}
}

// Whatever the language, no letter of its alphabet may be left behind.
func TestLatinLeavesNoLetter(t *testing.T) {
	alphabets := map[string]string{
		"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
		"be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
		"ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", "tg": "абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя",
		"uz": "абвгғдеёжзийкқлмнопрстуўфхҳцчшъьэюя", "az": "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш",
		"ro": "абвгдежӂзийклмнопрстуфхцчшыьэюя", "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքևօֆ",
		"ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
	}
	for lang, letters := range alphabets {
		for _, r := range letters {
			for _, s := range []string{string(r), "а" + string(r) + "б"} {
				for _, out := range Latin(s, lang) {
					if !isLatin(out) && out != '\'' && out != 'ə' {
						t.Errorf("%s: %s became %s", lang, s, Latin(s, lang))
					}
				}
			}
		}
	}
}
