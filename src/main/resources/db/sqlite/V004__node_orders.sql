-- How a node works and how far its clock is ahead (ms), as it said. told: what it was told last, null for nothing.
ALTER TABLE node ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN clock_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN told INTEGER;
