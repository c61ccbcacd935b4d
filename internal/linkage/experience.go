package linkage

// experience is how often each level occurs among matches by general experience
// with lists of people. EM starts from it, and it weighs as much as experienced
// pairs of the data: a list without any duplicates still knows what one would
// look like.
var experience = map[Kind][]float64{
	KindFamily:     {.72, .20, .03, .03, .005, .015},
	KindGiven:      {.72, .10, .04, .03, .08, .015, .013, .002},
	KindPatronymic: {.82, .04, .12, .01, .01},
	kindOrder:      {.95, .05},
	KindSex:        {.99, .01},
	KindBirth:      {.75, .08, .02, .05, .03, .03, .01, .015, .015},
	KindDate:       {.50, .15, .15, .05, .05, .05, .05},
	KindPlace:      {.77, .08, .05, .10},
	KindText:       {.70, .15, .05, .10},
	KindCategory:   {.85, .15},
	KindCode:       {.88, .07, .05},
}

const experienced = 20.0
