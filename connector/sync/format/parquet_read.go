package format

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"reflect"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/parquet-go/parquet-go/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pq "github.com/parquet-go/parquet-go/format"
)

// levels are the entries of one page of a column, and the bytes of its values.
type levels struct {
	defs, reps, values []byte
}

// readParquet hands out the rows of a file that parquetWriter wrote, as many at once as there are in a page.
func readParquet(file *io.SectionReader, schema *arrow.Schema, give func(arrow.Record) bool) error {
	meta, err := footerOfParquet(file)
	if err != nil {
		return damaged(Parquet, "%w", err)
	}
	l := layoutOf(schema)
	if err := sameElements(meta.Schema, l.elements); err != nil {
		return err
	}
	for _, group := range meta.RowGroups {
		if len(group.Columns) != len(l.leaves) {
			return damaged(Parquet, "a row group has %d columns and not %d", len(group.Columns), len(l.leaves))
		}
		more, err := readGroup(file, schema, l, group, give)
		if err != nil {
			return damaged(Parquet, "%w", err)
		}
		if !more {
			return nil
		}
	}
	return nil
}

// sameElements holds the schema of a file against that of the rows that are wanted.
func sameElements(has, wanted []pq.SchemaElement) error {
	for i := range wanted {
		if i >= len(has) || !reflect.DeepEqual(has[i], wanted[i]) {
			return fmt.Errorf("the Parquet file has other columns than the table: %q is not in it as it is wanted; read the table again", wanted[i].Name)
		}
	}
	if len(has) > len(wanted) {
		return fmt.Errorf("the Parquet file has other columns than the table: %q is more; read the table again", has[len(wanted)].Name)
	}
	return nil
}

func footerOfParquet(file *io.SectionReader) (*pq.FileMetaData, error) {
	const end = 4 + len(parquetMagic)
	var tail [end]byte
	if file.Size() < int64(end+len(parquetMagic)) {
		return nil, errors.New("it is too short")
	}
	if _, err := file.ReadAt(tail[:], file.Size()-int64(end)); err != nil {
		return nil, err
	}
	size := int64(binary.LittleEndian.Uint32(tail[:]))
	if string(tail[4:]) != parquetMagic || size > file.Size()-int64(end) {
		return nil, errors.New("its end is missing")
	}
	footer := make([]byte, size)
	if _, err := file.ReadAt(footer, file.Size()-int64(end)-size); err != nil {
		return nil, err
	}
	meta := new(pq.FileMetaData)
	return meta, thrift.Unmarshal(&compact, footer, meta)
}

// pages reads the pages of one column of a row group.
type pages struct {
	*leaf
	from    *bufio.Reader
	entries int64 // that are left
	size    int64 // of all
	codec   *zstd.Codec
	packed  []byte
}

func readGroup(file *io.SectionReader, schema *arrow.Schema, l *layout, group pq.RowGroup, give func(arrow.Record) bool) (more bool, err error) {
	codec := &zstd.Codec{}
	columns := make([]*pages, len(l.leaves))
	for i, c := range group.Columns {
		if c.MetaData.Codec != pq.Zstd || c.MetaData.Type != l.leaves[i].physical {
			return false, fmt.Errorf("column %q is not compressed or typed as this tool does", l.leaves[i].path)
		}
		section := io.NewSectionReader(file, c.MetaData.DataPageOffset, c.MetaData.TotalCompressedSize)
		columns[i] = &pages{leaf: l.leaves[i], from: bufio.NewReaderSize(section, 8<<10), entries: c.MetaData.NumValues, size: min(c.MetaData.TotalCompressedSize, file.Size()), codec: codec}
	}
	if len(columns) == 0 {
		return give(array.NewRecord(schema, nil, group.NumRows)), nil
	}
	parts := make([]levels, len(columns))
	for left := group.NumRows; left > 0; {
		rows := -1
		for i, c := range columns {
			if parts[i], err = c.next(); err != nil {
				return false, fmt.Errorf("column %q: %w", c.path, err)
			}
			if n := parts[i].rows(); rows >= 0 && n != rows || n == 0 {
				return false, fmt.Errorf("a page of column %q has %d rows, and another %d", c.path, n, rows)
			} else if rows = n; int64(n) > left {
				return false, fmt.Errorf("column %q has more rows than its row group", c.path)
			}
		}
		record, err := assemble(schema, l, parts, rows)
		if err != nil {
			return false, err
		}
		if left -= int64(rows); !give(record) {
			return false, nil
		}
	}
	return true, nil
}

// rows counts the entries that begin a row.
func (p *levels) rows() int {
	if p.reps == nil {
		return len(p.defs)
	}
	n := 0
	for _, rep := range p.reps {
		if rep == 0 {
			n++
		}
	}
	return n
}

// next reads a page.
func (p *pages) next() (levels, error) {
	var header pq.PageHeader
	if err := thrift.NewDecoder(compact.NewReader(p.from)).Decode(&header); err != nil {
		return levels{}, err
	}
	about := header.DataPageHeader.V
	if header.Type != pq.DataPage || about.Encoding != pq.Plain || header.CompressedPageSize < 0 || header.UncompressedPageSize < 0 || about.NumValues < 0 || int64(about.NumValues) > p.entries || int64(header.CompressedPageSize) > p.size {
		return levels{}, errors.New("a page is none that this tool writes")
	}
	p.entries -= int64(about.NumValues)
	if cap(p.packed) < int(header.CompressedPageSize) {
		p.packed = make([]byte, header.CompressedPageSize)
	}
	packed := p.packed[:header.CompressedPageSize]
	if _, err := io.ReadFull(p.from, packed); err != nil {
		return levels{}, err
	}
	body, err := p.codec.Decode(make([]byte, 0, header.UncompressedPageSize), packed)
	if err != nil {
		return levels{}, err
	}
	var out levels
	if p.maxRep > 0 {
		if out.reps, body, err = takeLevels(body, p.maxRep, int(about.NumValues)); err != nil {
			return levels{}, err
		}
	}
	out.defs, out.values, err = takeLevels(body, p.maxDef, int(about.NumValues))
	return out, err
}

// takeLevels reads levels from behind their length.
func takeLevels(body []byte, most uint8, entries int) (all, rest []byte, err error) {
	if len(body) < 4 || int64(binary.LittleEndian.Uint32(body)) > int64(len(body)-4) {
		return nil, nil, errors.New("a page ends within its levels")
	}
	end := 4 + int(binary.LittleEndian.Uint32(body))
	encoding := rle.Encoding{BitWidth: bits.Len8(most)}
	all, err = encoding.DecodeLevels(make([]byte, 0, entries+8), body[4:end])
	if err != nil {
		return nil, nil, err
	}
	if len(all) < entries {
		return nil, nil, errors.New("a page has too few levels")
	}
	all = all[:entries]
	for _, level := range all {
		if level > most {
			return nil, nil, errors.New("a level is too high")
		}
	}
	return all, body[end:], nil
}
