package estate

// dice is a number that looks thrown, and follows from what it is thrown for: the seed of the estate and the place of what is made.
type dice uint64

// The subjects keep the dice of different things apart.
const (
	forGroups = iota + 1
	forUsers
	forServices
	forWarehouses
	forJobs
	forObjects
	forGrants
	forTokens
)

// throw mixes as SplitMix64 does.
func throw(seed uint64, subject, number int) dice {
	z := seed*0x9e3779b97f4a7c15 + uint64(subject)*0xd1b54a32d192ed03 + uint64(number)*0x8cb92ba72f3d8dd7
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return dice(z ^ z>>31)
}

// below gives a number from 0 to n-1, another one for each turn.
func (d dice) below(n, turn int) int { return int(uint64(throw(uint64(d), turn, n)) % uint64(n)) }

// of gives an element of a list, another one for each turn.
func of[T any](d dice, list []T, turn int) T { return list[d.below(len(list), turn)] }

// inHundred is true so many times in a hundred.
func (d dice) inHundred(n, turn int) bool { return d.below(100, turn) < n }
