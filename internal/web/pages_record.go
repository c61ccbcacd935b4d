package web

// recordPages are the pages of records: lists, search, forms, versions, files.
func recordPages() []page {
	return []page{}
}
