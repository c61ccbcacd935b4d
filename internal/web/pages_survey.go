package web

// surveyPages are the pages about many records: overview, import, export,
// saved queries, jobs.
func surveyPages() []page {
	return []page{
		{"overview", overviewPage{}},
		{"import", importPage{}},
		{"import_reading", importReadingPage{}},
		{"import_columns", importColumnsPage{}},
		{"import_trial", importTrialPage{}},
		{"import_done", importDonePage{}},
		{"export", exportPage{}},
		{"jobs", jobsPage{}},
		{"job", jobPage{}},
		{"vocabularies", vocabulariesPage{}},
		{"vocabulary", vocabularyPage{}},
	}
}
