-- How many tasks are dead of a kind of failure. Those that were dead before are in none.
ALTER TABLE failure ADD COLUMN dead INTEGER NOT NULL DEFAULT 0;
CREATE INDEX failure_dead ON failure (queue, dead) WHERE dead > 0;
