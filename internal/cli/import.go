package cli

type importCmd struct{ person }

type exportCmd struct{ person }
