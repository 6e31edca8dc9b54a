package wire

// Value is any value of a message, for programs that change some of it without knowing the rest. One of the parts is set, by its type.
type Value struct {
	Type   Type
	Plain  []byte  // of the types without parts: its bytes, for a string without the length
	Fields []Entry // of a struct
	Items  []Value // of a list or a set; of a map keys and values in turn
	Elem   [2]Type // of a list or a set the first, of a map both
}

// Entry is a field of a struct.
type Entry struct {
	ID    int16
	Value Value
}

// Value reads the value of a field whole. It allocates in proportion to the input.
func (r *Reader) Value(t Type) Value {
	v := Value{Type: t}
	if !r.enter() {
		return v
	}
	defer r.leave()
	switch t {
	case String:
		v.Plain = r.bytes()
	case Struct:
		r.Struct(func(f Field) { v.Fields = append(v.Fields, Entry{f.ID, r.Value(f.Type)}) })
	case List, Set:
		elem, n := r.listBegin()
		v.Elem[0] = elem
		for i := 0; i < n && r.err == nil; i++ {
			v.Items = append(v.Items, r.Value(elem))
		}
	case Map:
		key, val, n := r.mapBegin()
		v.Elem = [2]Type{key, val}
		for i := 0; i < n && r.err == nil; i++ {
			v.Items = append(v.Items, r.Value(key), r.Value(val))
		}
	default:
		v.Plain = r.take(minSize[t])
	}
	return v
}

// Value writes a value as it was read.
func (w *Writer) Value(v Value) {
	switch v.Type {
	case String:
		w.BinaryItem(v.Plain)
	case Struct:
		for _, f := range v.Fields {
			w.head(f.Value.Type, f.ID)
			w.Value(f.Value)
		}
		w.End()
	case List, Set:
		w.buf = append(w.buf, byte(v.Elem[0]))
		w.items(v.Items, 1)
	case Map:
		w.buf = append(w.buf, byte(v.Elem[0]), byte(v.Elem[1]))
		w.items(v.Items, 2)
	default:
		w.buf = append(w.buf, v.Plain...)
	}
}

func (w *Writer) items(items []Value, per int) {
	w.u32(uint32(len(items) / per))
	for _, item := range items {
		w.Value(item)
	}
}

// At gives the value at a path of field IDs, or nil. It is good until a field of a struct above it is dropped or added.
func (v *Value) At(path ...int16) *Value {
	for _, id := range path {
		var below *Value
		for i := range v.Fields {
			if v.Fields[i].ID == id {
				below = &v.Fields[i].Value
			}
		}
		if below == nil {
			return nil
		}
		v = below
	}
	return v
}

// Put sets a field of a struct, in its place or at the end.
func (v *Value) Put(id int16, value Value) {
	if at := v.At(id); at != nil {
		*at = value
		return
	}
	v.Fields = append(v.Fields, Entry{id, value})
}

// Drop takes a field of a struct away.
func (v *Value) Drop(id int16) {
	kept := v.Fields[:0:0]
	for _, f := range v.Fields {
		if f.ID != id {
			kept = append(kept, f)
		}
	}
	v.Fields = kept
}

// TextValue is a string value.
func TextValue(text string) Value { return Value{Type: String, Plain: []byte(text)} }

// NumberValue is a 32-bit value, also used for enumerations.
func NumberValue(n int32) Value {
	w := &Writer{}
	w.I32Item(n)
	return Value{Type: I32, Plain: w.buf}
}

// BoolValue is a boolean value.
func BoolValue(b bool) Value {
	w := &Writer{}
	w.BoolItem(b)
	return Value{Type: Bool, Plain: w.buf}
}
