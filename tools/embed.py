#!/usr/bin/env python3
"""Turn the built web interface into a C table for src/http/assets.h.

usage: embed.py --output FILE.c --depfile FILE.d [FOLDER]

Each file gives its path, content type, bytes, gzip bytes (when a tenth or more smaller) and strong
ETags. Names with a hash in them (Vite's assets/NAME-HASH.EXT) are marked: they never change. No
folder, or none there, gives an empty table. The output is written only when it differs.
"""
import argparse
import gzip
import hashlib
import os
import re
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}
HASHED = re.compile(r"^/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
LINE = 60


def literal(data: bytes) -> str:
    """C string literals; octal escapes, always three digits, so that no digit behind joins them."""
    plain = {c: chr(c) for c in range(32, 127) if chr(c) not in '"\\?'}
    lines = []
    for at in range(0, len(data), LINE):
        lines.append('"' + "".join(plain.get(c, "\\%03o" % c) for c in data[at:at + LINE]) + '"')
    return "\n".join(lines) or '""'


def text(value: str) -> str:
    data = value.encode()
    return "{%s, %d}" % (literal(data), len(data))


def walk(folder: str):
    files, folders = [], []
    for base, _, names in os.walk(folder):
        folders.append(base)
        files += [os.path.join(base, name) for name in names]
    return files, folders


def row(number: int, path: str, data: bytes) -> tuple:
    kind = TYPES.get(os.path.splitext(path)[1])
    if kind is None:
        sys.exit("%s: no content type for this kind of file; add it to TYPES in tools/embed.py" % path)
    packed = gzip.compress(data, 9, mtime=0)
    if len(packed) > len(data) * 9 // 10:
        packed = b""
    etag = hashlib.sha256(data).hexdigest()[:24]
    blobs = "static const char bytes_%d[] =\n%s;\n" % (number, literal(data))
    if packed:
        blobs += "static const char gzip_%d[] =\n%s;\n" % (number, literal(packed))
    entry = "\t{%s, \"%s\",\n\t {bytes_%d, %d}, %s, %s, %s, %s},\n" % (
        text(path), kind, number, len(data),
        "{gzip_%d, %d}" % (number, len(packed)) if packed else "{0, 0}",
        text('"%s"' % etag), text('"%s-gz"' % etag), "true" if HASHED.match(path) else "false")
    return blobs, entry


def table(folder: str, files: list) -> str:
    named = sorted(("/" + os.path.relpath(f, folder).replace(os.sep, "/"), f) for f in files)
    named.sort(key=lambda pair: pair[0].encode())
    blobs, entries = [], []
    for number, (path, file) in enumerate(named):
        with open(file, "rb") as source:
            blob, entry = row(number, path, source.read())
        blobs.append(blob)
        entries.append(entry)
    return ("/* Made by tools/embed.py. */\n#include \"http/assets.h\"\n\n" + "".join(blobs) +
            "\nconst size_t assets_n = %d;\nconst struct asset assets[] = {\n" % len(entries) +
            "".join(entries) + "\t{{0, 0}, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, false},\n};\n")


def write_if_changed(path: str, content: str) -> None:
    try:
        with open(path, encoding="ascii") as old:
            if old.read() == content:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="ascii") as new:
        new.write(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True)
    parser.add_argument("--depfile", required=True)
    parser.add_argument("folder", nargs="?", default="")
    args = parser.parse_args()
    files, folders = walk(args.folder) if args.folder else ([], [])
    write_if_changed(args.output, table(args.folder, files))
    with open(args.depfile, "w", encoding="utf-8") as out:
        needs = folders + files or ([os.path.dirname(args.folder)] if args.folder else [])
        out.write("%s: %s\n" % (args.output, " ".join(n.replace(" ", "\\ ") for n in needs)))


if __name__ == "__main__":
    main()
