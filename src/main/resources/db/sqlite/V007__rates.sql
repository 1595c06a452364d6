-- When the bucket of the queue's rate limit will be full, in microseconds.
ALTER TABLE queue ADD COLUMN bucket_full INTEGER NOT NULL DEFAULT 0;
