package picture

import "encoding/binary"

// inspection is what a thumbnail needs to know of a file beyond its pixels.
type inspection struct {
	orientation int  // EXIF, 1 to 8; 1 is upright
	progressive bool // JPEG that is decoded coefficient by coefficient
}

// inspectJPEG walks the segments before the picture data (ITU-T T.81, annex
// B). A damaged file gives what was found so far.
func inspectJPEG(file []byte) inspection {
	out := inspection{orientation: 1}
	for i := 2; i+4 <= len(file); {
		if file[i] != 0xff {
			return out
		}
		marker := file[i+1]
		if marker == 0xff { // fill byte
			i++
			continue
		}
		if marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8) { // no length
			i += 2
			continue
		}
		if marker == 0xda || marker == 0xd9 {
			return out
		}
		size := int(binary.BigEndian.Uint16(file[i+2:]))
		if size < 2 || i+2+size > len(file) {
			return out
		}
		body := file[i+4 : i+2+size]
		switch {
		case marker == 0xc2:
			out.progressive = true
		case marker == 0xe1 && len(body) > 6 && string(body[:6]) == "Exif\x00\x00":
			out.orientation = orientationOf(body[6:])
		}
		i += 2 + size
	}
	return out
}

// inspectWebP looks for the EXIF chunk of a RIFF container.
func inspectWebP(file []byte) inspection {
	out := inspection{orientation: 1}
	for i := 12; i+8 <= len(file); {
		size := int64(binary.LittleEndian.Uint32(file[i+4:]))
		end := int64(i) + 8 + size
		if end > int64(len(file)) {
			return out
		}
		if string(file[i:i+4]) == "EXIF" {
			body := file[i+8 : end]
			if len(body) > 6 && string(body[:6]) == "Exif\x00\x00" {
				body = body[6:]
			}
			out.orientation = orientationOf(body)
			return out
		}
		i = int(end + size%2)
	}
	return out
}

// orientationOf reads tag 0x0112 of the first directory of a TIFF structure,
// 1 where there is none.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(tiff[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := int64(order.Uint16(tiff[at:]))
	for k := range entries {
		e := at + 2 + 12*k
		if e+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[e:]) == 0x0112 {
			if v := int(order.Uint16(tiff[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
