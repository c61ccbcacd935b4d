package crypt

// SealValue seals the value of one field. The result opens only under the same
// record key and with the same type, record, field and generation (the key
// generation of the record), so a value moved to another place does not open.
//
// Before sealing, the plaintext is padded (a byte 0x80, then zeros; ISO/IEC
// 7816-4) to one of the lengths 32, 64, 128, 256, 512 and, above, to a Padmé
// length, which adds at most 12 %. The stored length therefore tells "a name" from "a
// page", not "Ян" from "Константин". The result is 41 bytes longer than that.
func SealValue(key RecordKey, typ, record, field string, generation int, plaintext []byte) []byte {
	return seal(*key.secret(), pad(plaintext), valueAAD(typ, record, field, generation))
}

// OpenValue opens what SealValue made. Errors: ErrFormat, ErrOpen.
func OpenValue(key RecordKey, typ, record, field string, generation int, sealed []byte) ([]byte, error) {
	padded, err := open(*key.secret(), sealed, valueAAD(typ, record, field, generation))
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// valueAAD is the canonical additional data of a sealed value: the label and
// then type, record, field and generation, each with its length.
func valueAAD(typ, record, field string, generation int) []byte {
	aad := make([]byte, 0, 64+len(typ)+len(record)+len(field))
	aad = appendPart(aad, "svod/value/v1")
	aad = appendPart(aad, typ)
	aad = appendPart(aad, record)
	aad = appendPart(aad, field)
	return appendNumber(aad, generation)
}
