package esf_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// termDirs hold the vocabularies this test answers for.
var termDirs = []string{"terms", "../assembly/terms"}

// byLetters are the lists whose official codes spell the English word
// (A=01 … Z=26) and so carry no hierarchy.
var byLetters = []string{"mt01", "mt13", "mt14", "mt16"}

var (
	header      = []string{"code", "parent", "interop", "ru", "en", "about_ru", "about_en"}
	codeForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	interopForm = regexp.MustCompile(`^[0-9]{12}$`)
	spacing     = regexp.MustCompile(`^\s|\s$|\s\s| - `)
)

const maxDepth = 6

type term struct{ code, parent, interop, ru, en, aboutRu, aboutEn string }

func readTerms(t *testing.T, path string) []term {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], header) && !slices.Equal(rows[0], append(slices.Clone(header), "aliases")) {
		t.Fatalf("%s: the first row must be %s[,aliases]", path, strings.Join(header, ","))
	}
	terms := make([]term, 0, len(rows)-1)
	for _, r := range rows[1:] {
		terms = append(terms, term{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
	}
	return terms
}

func termFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, dir := range termDirs {
		found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no vocabularies in %s (%v)", dir, err)
		}
		files = append(files, found...)
	}
	return files
}

func listName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".csv") }

// mixedWord returns the first word of s that mixes Latin and Cyrillic
// letters: a homoglyph that no search would find.
func mixedWord(s string) string {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		var latin, cyrillic bool
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		}
		if latin && cyrillic {
			return word
		}
	}
	return ""
}

func hasCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func TestTermTree(t *testing.T) {
	for _, path := range termFiles(t) {
		t.Run(listName(path), func(t *testing.T) {
			depth := map[string]int{}
			for i, tm := range readTerms(t, path) {
				line := i + 2
				if !codeForm.MatchString(tm.code) {
					t.Errorf("line %d: code %q is not kebab-case ASCII", line, tm.code)
				}
				if depth[tm.code] != 0 {
					t.Errorf("line %d: code %q is used twice", line, tm.code)
				}
				above := 0
				if tm.parent != "" {
					if above = depth[tm.parent]; above == 0 {
						t.Errorf("line %d: parent %q of %q is not above it", line, tm.parent, tm.code)
					}
				}
				depth[tm.code] = above + 1
				if above+1 > maxDepth {
					t.Errorf("line %d: %q is %d levels deep, at most %d", line, tm.code, above+1, maxDepth)
				}
			}
		})
	}
}

// Labels are shown without their parents in lists, facets and exports, so
// they are unique in the whole list, not only among siblings.
func TestTermWords(t *testing.T) {
	for _, path := range termFiles(t) {
		t.Run(listName(path), func(t *testing.T) {
			seen := map[string]string{}
			for i, tm := range readTerms(t, path) {
				line := i + 2
				for _, s := range []string{tm.ru, tm.en, tm.aboutRu, tm.aboutEn} {
					if word := mixedWord(s); word != "" {
						t.Errorf("line %d: %q mixes Latin and Cyrillic letters", line, word)
					}
					if spacing.MatchString(s) || strings.ContainsAny(s, "\n\r\t\u00a0") {
						t.Errorf("line %d: stray space, break or hyphen for a dash in %q", line, s)
					}
				}
				if !hasCyrillic(tm.ru) {
					t.Errorf("line %d: Russian label %q has no Cyrillic", line, tm.ru)
				}
				if tm.en == "" || hasCyrillic(tm.en+tm.aboutEn) {
					t.Errorf("line %d: English label or note of %q is empty or Cyrillic", line, tm.code)
				}
				if (tm.aboutRu == "") != (tm.aboutEn == "") {
					t.Errorf("line %d: the note of %q exists in one language only", line, tm.code)
				}
				for _, label := range []string{"ru " + strings.ToLower(tm.ru), "en " + strings.ToLower(tm.en)} {
					if other, dup := seen[label]; dup {
						t.Errorf("line %d: %q says the same as %q: %s", line, tm.code, other, label)
					}
					seen[label] = tm.code
				}
			}
		})
	}
}

// levels drops the zero padding: "020103000000" is "020103".
func levels(interop string) string {
	for strings.HasSuffix(interop, "00") {
		interop = interop[:len(interop)-2]
	}
	return interop
}

// A term without an interop code is exported under its nearest coded
// ancestor, so a coded term must lie inside the code of that ancestor.
func TestTermInterop(t *testing.T) {
	for _, path := range termFiles(t) {
		t.Run(listName(path), func(t *testing.T) {
			hierarchical := !slices.Contains(byLetters, listName(path))
			inherited := map[string]string{}
			owner := map[string]string{}
			for i, tm := range readTerms(t, path) {
				line := i + 2
				above := inherited[tm.parent]
				inherited[tm.code] = above
				if tm.interop == "" {
					continue
				}
				inherited[tm.code] = tm.interop
				if !interopForm.MatchString(tm.interop) || levels(tm.interop) == "" {
					t.Errorf("line %d: interop %q is not 12 digits", line, tm.interop)
					continue
				}
				if hierarchical && strings.Contains(pairs(levels(tm.interop)), " 00") {
					t.Errorf("line %d: interop %q has a gap between levels", line, tm.interop)
				}
				if above != "" && !strings.HasPrefix(tm.interop, levels(above)) {
					t.Errorf("line %d: interop %q of %q is outside its parent's %q", line, tm.interop, tm.code, above)
				}
				if other, dup := owner[tm.interop]; dup {
					t.Errorf("line %d: interop %q belongs to %q and %q", line, tm.interop, other, tm.code)
				}
				owner[tm.interop] = tm.code
			}
		})
	}
}

// pairs splits a code into its two-digit levels: "020103" is " 02 01 03".
func pairs(code string) string {
	var b strings.Builder
	for i := 0; i+1 < len(code); i += 2 {
		b.WriteString(" " + code[i:i+2])
	}
	return b.String()
}

// leastTerms is what each list must offer to be useful in casework.
var leastTerms = map[string]int{
	"mt01": 80, "mt02": 40, "mt03": 110, "mt04": 170, "mt05": 85, "mt06": 85, "mt07": 6, "mt08": 10, "mt09": 11,
	"mt10": 130, "mt11": 75, "mt12": 38, "mt13": 140, "mt14": 180, "mt16": 27, "mt17": 95, "mt18": 23, "mt19": 22,
	"mt20": 12, "mt21": 41, "mt22": 7, "mt23": 76, "mt24": 65, "mt25": 41, "mt26": 23, "mt27": 23, "mt28": 14,
	"mt29": 12, "mt30": 16, "mt31": 22, "mt32": 8, "mt33": 7, "mt34": 4, "mt35": 5, "mt36": 6, "mt37": 14, "mt38": 11,
	"mt39": 4, "mt40": 7, "mt41": 8, "mt42": 6, "mt43": 3, "mt44": 7, "mt45": 7, "mt46": 5, "mt47": 5, "mt48": 3,
	"mt67": 7, "mt68": 75, "assembly_form": 12, "assembly_topic": 14,
}

func TestEveryListIsFull(t *testing.T) {
	size := map[string]int{}
	for _, path := range termFiles(t) {
		size[listName(path)] = len(readTerms(t, path))
	}
	for list, least := range leastTerms {
		if size[list] < least {
			t.Errorf("%s has %d terms, at least %d are needed", list, size[list], least)
		}
	}
}

// namedActs are the acts that a documentalist of the region must find.
var namedActs = strings.Fields(`
	foreign-agent-listing undesirable-listing extremist-listing terrorist-listing website-blocking internet-shutdown
	denial-of-service account-seizure phishing doxxing surveillance forced-conscription draft-raid
	recruitment-office-detention sent-to-unit-despite-appeal alternative-service-refusal forced-contract hazing
	travel-ban entry-ban asset-freeze bank-account-blocking fine home-search office-search equipment-seizure summons
	interrogation preventive-talk pressure-on-relatives dismissal university-expulsion transnational-repression
	extradition-request abduction-abroad interpol-abuse in-absentia-conviction passport-refusal citizenship-stripping
	detention-at-protest administrative-arrest house-arrest remand enforced-disappearance torture ill-treatment threat
	death-threat assault vandalism smear-campaign liquidation registration-denial inspection assembly-notice-denied
	dispersal force-at-assembly lawyer-denied closed-hearing unfair-trial punitive-psychiatry censorship
	attack-on-lawyer`)

func TestNamedActsExist(t *testing.T) {
	have := map[string]bool{}
	for _, tm := range readTerms(t, "terms/mt04.csv") {
		have[tm.code] = true
	}
	for _, code := range namedActs {
		if !have[code] {
			t.Errorf("terms/mt04.csv has no term %q", code)
		}
	}
}

// The demo's fact table codes assemblies with these terms.
func TestDemoCodesExist(t *testing.T) {
	demo := map[string][]string{
		"assembly_form": strings.Fields(`picket direct-action rally single-picket individual leafleting other stroll
			occupy stroll-occupy march eco-camp`),
		"assembly_topic": strings.Fields(`political-prisoners other government elections social freedom-of-assembly-31
			pussy-riot-case environment occupy lgbtq individual antifascist law-on-rallies dima-yakovlev-law`),
	}
	for list, codes := range demo {
		have := map[string]bool{}
		for _, tm := range readTerms(t, "../assembly/terms/"+list+".csv") {
			have[tm.code] = true
		}
		for _, code := range codes {
			if !have[code] {
				t.Errorf("%s has no term %q", list, code)
			}
		}
	}
}
