package sheet

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Names of the encodings, as the IANA registry writes them in lower case.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1251 = "windows-1251"
	KOI8R       = "koi8-r"
	KOI8U       = "koi8-u"
	CP866       = "ibm866"
	MacCyrillic = "x-mac-cyrillic"
	ISO88595    = "iso-8859-5"
	Windows1252 = "windows-1252"
)

// Encodings lists the encodings that can be read, in the order a form offers them.
func Encodings() []string {
	return []string{UTF8, Windows1251, UTF16LE, UTF16BE, KOI8R, KOI8U, CP866, MacCyrillic, ISO88595, Windows1252}
}

// singleByte gives the table of an 8-bit encoding, nil for the others.
func singleByte(name string) *charmap.Charmap {
	switch name {
	case Windows1251:
		return charmap.Windows1251
	case KOI8R:
		return charmap.KOI8R
	case KOI8U:
		return charmap.KOI8U
	case CP866:
		return charmap.CodePage866
	case MacCyrillic:
		return charmap.MacintoshCyrillic
	case ISO88595:
		return charmap.ISO8859_5
	case Windows1252:
		return charmap.Windows1252
	}
	return nil
}

// encodingOf gives the decoder's encoding. UTF-8 with or without a byte order
// mark needs none: its invalid bytes become U+FFFD in the line reader.
func encodingOf(name string) (encoding.Encoding, bool) {
	switch name {
	case UTF8:
		return encoding.Nop, true
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), true
	}
	if c := singleByte(name); c != nil {
		return c, true
	}
	return nil, false
}
