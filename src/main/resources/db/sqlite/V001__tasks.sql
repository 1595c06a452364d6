-- Times are milliseconds since 1970. States and causes are the codes of TaskState and Cause.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;

-- All that moves with every transaction stands in the queue's one row. lanes: what waits and lives in each lane. minute:
-- the counts of the present minute, which move to their own table when the next one begins. A queue without a name was
-- deleted: its tasks do not exist any more and are being removed.
CREATE TABLE queue (
  number INTEGER PRIMARY KEY,
  name TEXT UNIQUE,
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  config BLOB NOT NULL,
  last_used INTEGER NOT NULL,
  scheduled INTEGER NOT NULL DEFAULT 0 CHECK (scheduled >= 0),
  ready INTEGER NOT NULL DEFAULT 0 CHECK (ready >= 0),
  running INTEGER NOT NULL DEFAULT 0 CHECK (running >= 0),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked >= 0),
  succeeded INTEGER NOT NULL DEFAULT 0 CHECK (succeeded >= 0),
  dead INTEGER NOT NULL DEFAULT 0 CHECK (dead >= 0),
  cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
  expired INTEGER NOT NULL DEFAULT 0 CHECK (expired >= 0),
  waiting_bytes INTEGER NOT NULL DEFAULT 0 CHECK (waiting_bytes >= 0),
  dead_bytes INTEGER NOT NULL DEFAULT 0 CHECK (dead_bytes >= 0),
  ended_bytes INTEGER NOT NULL DEFAULT 0 CHECK (ended_bytes >= 0),
  lanes BLOB,
  minute BLOB
);
CREATE INDEX queue_used ON queue (last_used);

-- The part of a queue's waiting tasks that can be leased apart.
CREATE TABLE lane (
  number INTEGER PRIMARY KEY,
  queue INTEGER NOT NULL,
  type TEXT NOT NULL,
  UNIQUE (queue, type)
);

-- Up to 100 tasks that were submitted together. records holds what changes of each of them; it is small, as tasks that
-- were treated alike are written once. oldest, newest: when they were created. gone: when the last of them was removed; the row then only tells a repeat of
-- the batch.
CREATE TABLE batch (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  queue INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  gone INTEGER,
  records BLOB NOT NULL
);
CREATE INDEX batch_created ON batch (queue, newest, seq, oldest);
CREATE INDEX batch_gone ON batch (queue, gone) WHERE gone IS NOT NULL;

-- What never changes of a batch's tasks.
CREATE TABLE spec (
  batch INTEGER PRIMARY KEY,
  data BLOB NOT NULL
);

-- Tasks of one batch that entered a state together and stand at the same place of its line. Each record names its
-- cohort; a cohort that nobody is left in is removed. was: the state that they came from, null for new ones. at: when
-- they entered the state, or will be due. size: exact while scheduled, at first otherwise.
CREATE TABLE cohort (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  queue INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7),
  was INTEGER,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  lane INTEGER,
  rank INTEGER,
  arrival INTEGER,
  deadline INTEGER,
  expires INTEGER,
  until INTEGER,
  CONSTRAINT allowed CHECK (
    CASE
      WHEN was IS NULL THEN state IN (0, 1, 3)
      WHEN was = 0 THEN state IN (1, 6, 7)
      WHEN was = 1 THEN state IN (2, 4, 6, 7)
      WHEN was = 2 THEN state IN (0, 1, 4, 5, 6)
      WHEN was = 3 THEN state IN (1, 6, 7)
      ELSE was BETWEEN 4 AND 7 AND state = 1
    END
  ),
  CONSTRAINT line CHECK ((state = 1) = (lane IS NOT NULL AND rank IS NOT NULL AND arrival IS NOT NULL)),
  CONSTRAINT lease CHECK ((state = 2) = (deadline IS NOT NULL)),
  CONSTRAINT waits CHECK (expires IS NULL OR state IN (0, 1, 3)),
  CONSTRAINT kept CHECK (until IS NULL OR state >= 4)
);
CREATE INDEX cohort_entered ON cohort (queue, state, at, id);
CREATE INDEX cohort_lane ON cohort (lane, rank, arrival) WHERE state = 1;
CREATE INDEX cohort_deadline ON cohort (queue, deadline) WHERE state = 2;
CREATE INDEX cohort_expires ON cohort (queue, expires) WHERE expires IS NOT NULL;
CREATE INDEX cohort_until ON cohort (queue, until) WHERE until IS NOT NULL;

-- What only some tasks have: result, error, edited payload, progress. key = task * 8 + kind, task = batch * 128 + index.
CREATE TABLE extra (
  key INTEGER PRIMARY KEY,
  data BLOB NOT NULL
);

-- A task's history from its first irregular event on, and its log.
CREATE TABLE event (
  task INTEGER NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  cause INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  worker TEXT,
  message TEXT,
  PRIMARY KEY (task, n)
) WITHOUT ROWID;
CREATE TABLE line (
  task INTEGER NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (task, n)
) WITHOUT ROWID;

-- Names that clients gave (scope -1) and dedupe keys (scope: the queue). ended: when the task did, null while it lives.
-- gone: the task was removed; only then may the name be forgotten, some time after the end.
CREATE TABLE alias (
  scope INTEGER NOT NULL,
  text TEXT NOT NULL,
  queue INTEGER NOT NULL,
  task INTEGER NOT NULL,
  batch_id BLOB NOT NULL,
  fingerprint INTEGER NOT NULL,
  ended INTEGER,
  gone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, text)
) WITHOUT ROWID;
CREATE INDEX alias_task ON alias (task);
CREATE INDEX alias_gone ON alias (queue, ended) WHERE gone = 1;

CREATE TABLE claim (
  queue INTEGER NOT NULL,
  key TEXT NOT NULL,
  task INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (queue, key)
) WITHOUT ROWID;
CREATE INDEX claim_task ON claim (task);

CREATE TABLE minute (
  queue INTEGER NOT NULL,
  at INTEGER NOT NULL,
  counts BLOB NOT NULL,
  PRIMARY KEY (queue, at)
) WITHOUT ROWID;

CREATE TABLE failure (
  queue INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  task_type TEXT NOT NULL,
  error_type TEXT NOT NULL,
  message TEXT NOT NULL,
  n INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  sample TEXT NOT NULL,
  PRIMARY KEY (queue, fingerprint)
) WITHOUT ROWID;
CREATE INDEX failure_last ON failure (queue, last);

CREATE TABLE node (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  version TEXT NOT NULL,
  roles TEXT NOT NULL,
  started INTEGER NOT NULL,
  heartbeat INTEGER NOT NULL,
  running INTEGER NOT NULL,
  cpu REAL NOT NULL,
  memory INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX node_heartbeat ON node (heartbeat);
