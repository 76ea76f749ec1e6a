"""Writes the named inputs of a corpus into a folder, a file each: unpack.py CORPUS.toml FOLDER"""

import pathlib
import sys
import tomllib

corpus, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(parents=True)
inputs = tomllib.loads(corpus.read_text(encoding="utf-8"))
for name, text in inputs.get("text", {}).items():
    (folder / name).write_bytes(text.encode())
for name, digits in inputs.get("hex", {}).items():
    (folder / name).write_bytes(bytes.fromhex(digits))
