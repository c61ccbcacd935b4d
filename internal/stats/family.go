package stats

// Family names a way of estimating.
type Family string

// The families, in the order of a report.
const (
	FamilyChao         Family = "chao"         // lower bound, not an estimate of the total
	FamilyIndependence Family = "independence" // no list depends on another
	FamilyBIC          Family = "loglinear_bic"
	FamilyAIC          Family = "loglinear_aic"
	FamilyAverage      Family = "loglinear_average"
	FamilyStepwise     Family = "stepwise"
	FamilyLatent       Family = "latent_classes"
	FamilyGraphs       Family = "graphs"
)

// Families lists all families in the order of a report.
func Families() []Family {
	return []Family{FamilyChao, FamilyIndependence, FamilyBIC, FamilyAIC, FamilyAverage, FamilyStepwise, FamilyLatent, FamilyGraphs}
}

// Interval says how the interval of an estimate came about.
type Interval string

// The kinds of intervals.
const (
	IntervalLognormal Interval = "lognormal" // the error of the fitted model alone
	IntervalProfile   Interval = "profile"   // profile likelihood of the fitted model alone
	IntervalMixture   Interval = "mixture"   // over the models of the family
	IntervalBootstrap Interval = "bootstrap" // the choice of the model included
	IntervalPosterior Interval = "posterior" // Bayesian
)

// Intervals lists the kinds of intervals.
func Intervals() []Interval {
	return []Interval{IntervalLognormal, IntervalProfile, IntervalMixture, IntervalBootstrap, IntervalPosterior}
}

// An Estimate is the answer of one family. It is a line of a report, never the
// report.
type Estimate struct {
	Family   Family   `json:"family"`
	Point    float64  `json:"point"` // people in all, those observed included
	Low      float64  `json:"low"`
	High     float64  `json:"high"`
	Interval Interval `json:"interval"`
	// OpenHigh says that High is only as far as was looked: there is no upper limit.
	OpenHigh bool   `json:"open_high,omitempty"`
	Model    string `json:"model,omitempty"` // see Model.Name
	// LowerBound marks a family that does not estimate the total but what it is
	// at least.
	LowerBound bool `json:"lower_bound,omitempty"`
}

func (e Estimate) covers(truth float64) bool {
	return e.Low <= truth && (truth <= e.High || e.OpenHigh)
}
