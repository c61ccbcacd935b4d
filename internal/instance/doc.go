// Package instance is the folder in which one installation of Svod lives:
//
//	instance.json   format, id, salt, demo yes or no, engine; no names
//	keys/<h>.age      a person's identity under their passphrase: `age -d` opens it
//	keys/<h>.key.age  the instance key, wrapped for that person
//	svod.db         the encrypted database (not with PostgreSQL)
//	blobs/          sealed files
//
// <h> is an HMAC of the person's folded sign-in name under the folder's salt.
//
// Make one with [Create] and [Folder.Commit], use one with [Open]; then
// [Folder.Unlock] turns a name and passphrase into the instance key, from which
// the key of the database derives. A Folder is the kernel's Keyfolder, so that
// key files follow every invitation, changed passphrase and removal.
//
// It never promises to hide how many people there are, nor whether a guessed
// name is among them from somebody who holds the folder: the salt lies beside
// the files. Nothing here is readable by other users of the machine (0700/0600).
package instance
