package web

// surveyPages are the pages about many records: overview, import, export,
// saved queries, jobs.
func surveyPages() []page {
	return []page{
		{"overview", overviewPage{}},
	}
}
