package web

// accessPages are the pages of access, circles, people, the ledger and help.
func accessPages() []page {
	return []page{
		{"failure", failurePage{}},
		{"sign_in", signInPage{}},
		{"join", joinPage{}},
		{"home", homePage{}},
		{"account", accountPage{}},
		{"factor", factorPage{}},
		{"secret", secretPage{}},
		{"circles", circlesPage{}},
		{"circle", circlePage{}},
		{"people", peoplePage{}},
		{"invite", invitePage{}},
		{"organisations", organisationsPage{}},
		{"ledger", ledgerPage{}},
		{"help", helpPage{}},
		{"style", stylePage{}},
	}
}
