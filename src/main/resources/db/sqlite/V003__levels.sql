-- How queues stood in each minute; queue -1 stands for all together. oldest: milliseconds.
CREATE TABLE level (
  queue INTEGER NOT NULL,
  at INTEGER NOT NULL,
  live INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  PRIMARY KEY (queue, at)
) WITHOUT ROWID;
