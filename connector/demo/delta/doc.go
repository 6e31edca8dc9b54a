// Package delta keeps the tables of the embedded workspace as they were: each has a log of commits, as tables of Delta Lake have. It answers
// for time travel, the change data feed, DESCRIBE HISTORY and DESCRIBE DETAIL, and makes tables of up to 100 million rows that nobody stores.
//
// What the world began with has a past that follows from the rows that it has now: loaded, optimized, updated, deleted from, appended to.
// Nothing of it is kept either; a row of an older version is made when somebody reads it.
package delta
