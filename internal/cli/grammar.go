package cli

// grammar is every command. Help texts stand in locale/ under cli.help.<name>;
// kong takes them as ${<name>}.
type grammar struct {
	Lang string `enum:",ru,en" default:"" placeholder:"ru|en" help:"${flag_lang}"`

	Init     initCmd     `cmd:"" help:"${init}"`
	Serve    serveCmd    `cmd:"" help:"${serve}"`
	Demo     demoCmd     `cmd:"" help:"${demo}"`
	Import   importCmd   `cmd:"" help:"${import}"`
	Export   exportCmd   `cmd:"" help:"${export}"`
	Search   searchCmd   `cmd:"" help:"${search}"`
	Show     showCmd     `cmd:"" help:"${show}"`
	Estimate estimateCmd `cmd:"" help:"${estimate}"`
	Link     linkCmd     `cmd:"" help:"${link}"`
	Verify   verifyCmd   `cmd:"" help:"${verify}"`
	Reindex  reindexCmd  `cmd:"" help:"${reindex}"`
	Pack     struct {
		Check packCheckCmd `cmd:"" help:"${pack_check}"`
	} `cmd:"" help:"${pack}"`
	User struct {
		List   userListCmd   `cmd:"" help:"${user_list}"`
		Invite userInviteCmd `cmd:"" help:"${user_invite}"`
		Accept userAcceptCmd `cmd:"" help:"${user_accept}"`
		Remove userRemoveCmd `cmd:"" help:"${user_remove}"`
	} `cmd:"" help:"${user}"`
	Token struct {
		Create tokenCreateCmd `cmd:"" help:"${token_create}"`
		List   tokenListCmd   `cmd:"" help:"${token_list}"`
		Revoke tokenRevokeCmd `cmd:"" help:"${token_revoke}"`
	} `cmd:"" help:"${token}"`
	Key struct {
		Export keyExportCmd `cmd:"" help:"${key_export}"`
	} `cmd:"" help:"${key}"`
	Version versionCmd `cmd:"" help:"${version}"`
}

// place is the instance a command works on.
type place struct {
	Dir      string `required:"" env:"SVOD_DIR" placeholder:"${ph_dir}" help:"${flag_dir}"`
	Database string `env:"SVOD_DATABASE" placeholder:"URL" help:"${flag_database}"`
}

// person is who a command works as.
type person struct {
	place
	As string `env:"SVOD_AS" placeholder:"${ph_name}" help:"${flag_as}"`
}

// starter opens an instance without acting in anybody's name: with the key of a
// person, or with the instance key in a file.
type starter struct {
	person
	KeyFile string `env:"SVOD_KEY_FILE" placeholder:"${ph_file}" help:"${flag_key_file}"`
}
