"""Of what MONITOR shows: the commands of a node that write to a queue and to ids, by step, with the scripts they stand on.

A script is given up at a time, after which it does nothing: that is put off for good, so that it can be sent again.
"""
import codecs
import hashlib
import re
import sys

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
OTHERS = re.compile(r'^"\w+" "?(?:\w+" "\d+" ")?mr:(marks|nodes|meta|log|destinations|levels)')


def sha(text):
    return hashlib.sha1(codecs.escape_decode(text.encode("latin1"))[0]).hexdigest()


steps, texts = [], {}
for line in open(sys.argv[1], encoding="latin1"):
    source, _, rest = line.partition("] ")
    words = WORD.findall(rest)
    if not words or "lua" in source:
        continue
    command = words[0].lower()
    if command == "echo":
        steps.append((words[1].removeprefix("step-"), []))
    elif command == "script":
        texts[sha(words[2])] = words[2]
    elif command == "eval":
        texts[sha(words[1])] = words[1]
    elif steps and command in ("evalsha", "zadd") and not OTHERS.match(rest):
        if command == "evalsha":
            first = 3 + int(words[2])
            words[first] = re.sub(r"^(\d{13}) \d{13}$", r"\1 9999999999999", words[first])
        steps[-1][1].append(words)

used = dict.fromkeys(words[1] for _, commands in steps for words in commands if words[0].lower() == "evalsha")
with open(sys.argv[2], "w", encoding="latin1") as out:
    for script in used:
        out.write('"SCRIPT" "LOAD" "%s"\n' % texts[script])
    for name, commands in steps:
        out.write("# %s\n" % name)
        for words in commands:
            out.write(" ".join('"%s"' % word for word in words) + "\n")
