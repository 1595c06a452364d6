#!lua flags=allow-oom
-- Puts a client's id back into the directory when its queue knows it, unless another queue took it since.
-- KEYS 1 a directory of ids
-- ARGV 1 the id, 2 the queue's number, 3 when it was asked for (ms)
-- Returns 1 when it was not there
-- Writes the directory
return redis.call('HSETNX', KEYS[1], ARGV[1], struct.pack('>I4I6', tonumber(ARGV[2]), tonumber(ARGV[3])))
