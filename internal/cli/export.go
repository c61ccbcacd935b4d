package cli

type exportCmd struct{ person }
