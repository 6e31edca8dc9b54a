package sync

import "slices"

// Request is what a plan was made for. A run goes on only for the same.
type Request struct {
	Connection, Host, Warehouse, Format string
	Mode                                Mode
	Tables, Columns, Key, Cursors       []string
	From                                string
	Limit, Slice                        int64
	Shards                              int `json:",omitempty"` // in how many parts it is read, 0: at once
}

func (s *Sync) request() Request {
	r := Request{
		Connection: s.source.Connection.ID, Host: s.source.Connection.Host.Name(), Warehouse: string(s.source.Connection.Warehouse.ID),
		Format: string(s.options.Format), Mode: s.options.Mode, Columns: s.options.Columns, Key: s.options.Key, Limit: s.options.Limit, Slice: s.options.Slice,
		Cursors: named(s.options.Cursors), From: s.options.Since, Shards: s.options.Shard.Of,
	}
	for _, t := range s.options.Tables {
		r.Tables = append(r.Tables, t.Full())
	}
	return r
}

func (r Request) same(other Request) bool {
	return r.Connection == other.Connection && r.Host == other.Host && r.Warehouse == other.Warehouse && r.Format == other.Format && r.Mode == other.Mode &&
		slices.Equal(r.Tables, other.Tables) && slices.Equal(r.Columns, other.Columns) && slices.Equal(r.Key, other.Key) &&
		slices.Equal(r.Cursors, other.Cursors) && r.From == other.From && r.Limit == other.Limit && r.Slice == other.Slice && r.Shards == other.Shards
}

// since is the run that changes are told since.
func (s *Sync) since() string {
	if s.latest == nil {
		return ""
	}
	return s.latest.ID
}
