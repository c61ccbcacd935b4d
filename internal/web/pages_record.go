package web

// recordPages are the pages of records: lists, search, forms, versions, files,
// saved queries.
func recordPages() []page {
	return []page{
		{"list", listPage{}},
		{"saved", savedPage{}},
		{"record", recordPage{}},
		{"record_form", recordFormPage{}},
		{"record_collision", collisionPage{}},
		{"record_history", historyPage{}},
		{"record_share", sharePage{}},
		{"record_withdraw", withdrawPage{}},
		{"record_held", heldPage{}},
		{"event_act", actPage{}},
	}
}
