package web

// accessPages are the pages of access, circles, people, the ledger and help.
func accessPages() []page {
	return []page{
		{"failure", failurePage{}},
		{"sign_in", signInPage{}},
		{"home", homePage{}},
	}
}
