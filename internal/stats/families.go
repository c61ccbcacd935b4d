package stats

import "context"

// panel runs families on one table and keeps what they say beside their numbers.
type panel struct {
	t         *Table
	o         Options
	stream    uint64 // of the chains
	quick     bool   // no bootstrap, no mixture of models: for the leave-one-list-out test
	noChains  bool   // no latent classes either
	estimates []Estimate
	refusals  []Refusal

	selection *Selection
	averaged  *Averaged
	profile   *Profile
	bootstrap *Bootstrap
	latent    *Posterior
	graphs    *GraphPosterior
}

// run asks every family. Refusals are collected; the error is one of ctx.
func (p *panel) run(ctx context.Context) error {
	steps := []struct {
		family Family
		whole  bool // not in a quick panel
		ask    func(context.Context) (Estimate, error)
	}{
		{FamilyChao, true, p.chao},
		{FamilyIndependence, false, p.independence},
		{FamilyBIC, false, p.bic},
		{FamilyAIC, true, p.aic},
		{FamilyAverage, true, p.average},
		{FamilyStepwise, false, p.stepwise},
		{FamilyLatent, false, p.latentClasses},
		{FamilyGraphs, false, p.graphAverage},
	}
	for _, s := range steps {
		if p.quick && s.whole || p.noChains && s.family == FamilyLatent {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := s.ask(ctx)
		if err != nil {
			r, ok := refusalOf(s.family, err)
			if !ok {
				return err
			}
			p.refusals = append(p.refusals, r)
			continue
		}
		e.Family = s.family
		p.estimates = append(p.estimates, e)
	}
	return nil
}

func (p *panel) chao(context.Context) (Estimate, error) {
	b, err := ChaoBound(p.t, p.o.Level)
	if err != nil {
		return Estimate{}, err
	}
	return Estimate{Point: b.Total, Low: b.Low, High: b.High, Interval: IntervalLognormal, LowerBound: true}, nil
}

func (p *panel) independence(context.Context) (Estimate, error) {
	fit, err := Independence(p.t, p.o.Level)
	if err != nil {
		return Estimate{}, err
	}
	return p.profiled(fit, nil)
}

// profiled gives a fit with its profile interval, and keeps the profile.
func (p *panel) profiled(fit *Fit, keep **Profile) (Estimate, error) {
	pr, err := ProfileInterval(p.t, fit)
	if err != nil {
		return Estimate{}, err
	}
	if keep != nil {
		*keep = pr
	}
	return Estimate{Point: fit.Total, Low: pr.Low, High: pr.High, OpenHigh: pr.OpenHigh, Interval: IntervalProfile, Model: fit.Name}, nil
}

func (p *panel) bic(context.Context) (Estimate, error) {
	s, err := SelectModel(p.t, BIC, p.o.Level)
	p.selection = s
	if err != nil {
		return Estimate{}, err
	}
	return p.profiled(s.Best, &p.profile)
}

func (p *panel) aic(context.Context) (Estimate, error) {
	s, err := SelectModel(p.t, AIC, p.o.Level)
	if err != nil {
		return Estimate{}, err
	}
	return p.profiled(s.Best, nil)
}

func (p *panel) average(context.Context) (Estimate, error) {
	if p.selection == nil || p.selection.Best == nil {
		return Estimate{}, refuse(RefuseNoModel)
	}
	p.averaged = Average(p.selection)
	return Estimate{Point: p.averaged.Total, Low: p.averaged.Low, High: p.averaged.High, Interval: IntervalMixture}, nil
}

func (p *panel) stepwise(ctx context.Context) (Estimate, error) {
	fit, err := Stepwise(p.t, p.o.Threshold, p.o.Level)
	if err != nil {
		return Estimate{}, err
	}
	if p.quick {
		return Estimate{Point: fit.Total, Low: fit.Low, High: fit.High, Interval: IntervalLognormal, Model: fit.Name}, nil
	}
	b, err := BootstrapStepwise(ctx, p.t, fit, p.o.Threshold, p.o)
	if err != nil {
		return Estimate{}, err
	}
	p.bootstrap = b
	return Estimate{Point: fit.Total, Low: b.Low, High: b.High, OpenHigh: b.OpenHigh, Interval: IntervalBootstrap, Model: fit.Name}, nil
}

func (p *panel) latentClasses(ctx context.Context) (Estimate, error) {
	post, err := latentChains(ctx, p.t, p.o, p.stream)
	p.latent = post
	if err != nil {
		return Estimate{}, err
	}
	return Estimate{Point: post.Median, Low: post.Low, High: post.High, Interval: IntervalPosterior}, nil
}

func (p *panel) graphAverage(ctx context.Context) (Estimate, error) {
	post, err := GraphAverage(ctx, p.t, p.o)
	if err != nil {
		return Estimate{}, err
	}
	p.graphs = post
	return Estimate{Point: post.Median, Low: post.Low, High: post.High, OpenHigh: post.OpenHigh, Interval: IntervalPosterior,
		Model: post.Top[0].Name}, nil
}
