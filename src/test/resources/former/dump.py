"""Prints an SQLite file as SQL, or what a Redis holds as commands; see record.sh."""
import socket
import sqlite3
import sys


def sqlite(file):
    for statement in sqlite3.connect(file).iterdump():
        if statement not in ("BEGIN TRANSACTION;", "COMMIT;"):
            print(statement)


def redis(port):
    connection = socket.create_connection(("127.0.0.1", int(port)))
    answers = connection.makefile("rb")

    def answer():
        line = answers.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"$":
            return answers.read(int(rest) + 2)[:-2]
        return [answer() for _ in range(int(rest))] if kind == b"*" else rest

    def ask(*words):
        connection.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words))
        return answer()

    def quoted(text):
        return '"%s"' % "".join(
            chr(c) if 0x20 <= c < 0x7F and c not in b'"\\' else "\\x%02x" % c for c in text)

    # Nodes are of the moment alone.
    for key in sorted(ask(b"KEYS", b"*")):
        if key != b"mr:nodes":
            print("RESTORE %s 0 %s" % (quoted(key), quoted(ask(b"DUMP", key))))


{"sqlite": sqlite, "redis": redis}[sys.argv[1]](sys.argv[2])
