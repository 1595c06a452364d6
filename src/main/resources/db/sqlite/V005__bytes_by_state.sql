-- Of the bytes in ended_bytes (succeeded, cancelled and expired tasks) those of cancelled and of expired ones. counted:
-- a mark of the row that they were counted with (Recount); where it differs, a program that does not know them was here
-- since.
ALTER TABLE queue ADD COLUMN cancelled_bytes INTEGER NOT NULL DEFAULT 0 CHECK (cancelled_bytes >= 0);
ALTER TABLE queue ADD COLUMN expired_bytes INTEGER NOT NULL DEFAULT 0 CHECK (expired_bytes >= 0);
ALTER TABLE queue ADD COLUMN counted INTEGER;
