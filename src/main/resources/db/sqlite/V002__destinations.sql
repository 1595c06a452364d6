-- data: as DestinationCodec writes it. Every change takes a new version from meta's 'destinations'.
CREATE TABLE destination (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  data BLOB NOT NULL
) WITHOUT ROWID;
