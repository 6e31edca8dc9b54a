package rows

import "math/rand/v2"

// Tree is the rows of a table. It never changes: a change gives another one. The zero Tree has no rows.
//
// It is a treap of pieces, each of which is a run of rows out of one source, in the order of the table.
type Tree struct{ root *node }

// node is a piece with those before and behind it. The weights of pieces fall towards the leaves, which keeps the tree shallow.
type node struct {
	left, right   *node
	weight        uint64
	piece         piece
	rows, written int // of the piece and all below
	pieces        int
}

// piece is a run of rows out of a source.
type piece struct {
	row         func(i int) []any
	first, rows int
	written     bool // a statement wrote them, and they are kept in memory
}

// Of is a table with so many rows that nobody wrote.
func Of(count int, row func(i int) []any) Tree {
	return Tree{leaf(piece{row: row, rows: count})}
}

// Len is how many rows there are.
func (t Tree) Len() int { return t.root.len() }

// Written is how many of them statements wrote.
func (t Tree) Written() int {
	if t.root == nil {
		return 0
	}
	return t.root.written
}

// Pieces is of how many runs of rows the table consists.
func (t Tree) Pieces() int {
	if t.root == nil {
		return 0
	}
	return t.root.pieces
}

// Row is row i, from 0 on.
func (t Tree) Row(i int) []any {
	for n := t.root; ; {
		before := n.left.len()
		switch {
		case i < before:
			n = n.left
		case i < before+n.piece.rows:
			return n.piece.row(n.piece.first + i - before)
		default:
			i, n = i-before-n.piece.rows, n.right
		}
	}
}

// wrote is a piece of rows that a statement wrote.
func wrote(rows [][]any, first, count int) piece {
	return piece{row: func(i int) []any { return rows[i] }, first: first, rows: count, written: true}
}

func (n *node) len() int {
	if n == nil {
		return 0
	}
	return n.rows
}

// leaf is a tree of one piece, or nothing where that has no rows.
func leaf(p piece) *node {
	if p.rows == 0 {
		return nil
	}
	return (&node{weight: rand.Uint64(), piece: p}).with(nil, nil)
}

// with is the node with others below it.
func (n *node) with(left, right *node) *node {
	out := &node{left: left, right: right, weight: n.weight, piece: n.piece, rows: n.piece.rows, pieces: 1}
	if n.piece.written {
		out.written = n.piece.rows
	}
	for _, below := range []*node{left, right} {
		if below != nil {
			out.rows, out.written, out.pieces = out.rows+below.rows, out.written+below.written, out.pieces+below.pieces
		}
	}
	return out
}

// joined puts one tree behind another.
func joined(a, b *node) *node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.weight > b.weight:
		return a.with(a.left, joined(a.right, b))
	}
	return b.with(joined(a, b.left), b.right)
}

// cut gives the first rows of a tree, and the others.
func (n *node) cut(at int) (before, behind *node) {
	if n == nil {
		return nil, nil
	}
	within := at - n.left.len()
	switch {
	case within <= 0:
		before, behind = n.left.cut(at)
		return before, n.with(behind, n.right)
	case within >= n.piece.rows:
		before, behind = n.right.cut(within - n.piece.rows)
		return n.with(n.left, before), behind
	}
	first, second := n.piece, n.piece
	first.rows, second.first, second.rows = within, n.piece.first+within, n.piece.rows-within
	return joined(n.left, leaf(first)), joined(leaf(second), n.right)
}
