#!/usr/bin/env python3
"""Makes the files of bad/: what a person may give to the import desk by mistake or in malice."""
import io, os, zipfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bad")
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
GOOD = os.path.join(os.path.dirname(HERE), "14_签约项目一览表_万元.xlsx")


def wide(text):
    return text.encode("utf-16le")


def bomb():
    """A workbook whose sheet unpacks to 24 MiB of one repeated row, far over 100 to 1."""
    out = io.BytesIO()
    with zipfile.ZipFile(GOOD) as src, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as dst:
        for name in src.namelist():
            body = src.read(name)
            if name.startswith("xl/worksheets/sheet"):
                body = body.replace(b"</worksheet>", b" " * (24 << 20) + b"</worksheet>")
            info = zipfile.ZipInfo(name, (2024, 4, 10, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, body, compresslevel=9)
    return out.getvalue()


def entities():
    """An entity bomb in the place of the sheet."""
    out = io.BytesIO()
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(GOOD) as src, zipfile.ZipFile(out, "w") as dst:
        for name in src.namelist():
            body = xml if name.startswith("xl/worksheets/sheet") else src.read(name)
            dst.writestr(zipfile.ZipInfo(name, (2024, 4, 10, 0, 0, 0)), body)
    return out.getvalue()


with open(GOOD, "rb") as f:
    whole = f.read()

FILES = {
    "encrypted.xlsx": OLE + wide("EncryptedPackage") + bytes(64),
    "old.xls": OLE + wide("Workbook") + bytes(64),
    "bomb.xlsx": bomb(),
    "entities.xlsx": entities(),
    "cut.xlsx": whole[: len(whole) // 2],
    "text.xlsx": "项目名称,总投资\n甲,1\n".encode(),
    "page.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "paper.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "nul.csv": b"a,b\n1,\x00\x00\x01\n",
    "quote.csv": "项目名称,总投资（万元）\n\"甲,1\n乙,2\n".encode(),
    "empty.csv": b"",
}
os.makedirs(HERE, exist_ok=True)
for name, body in FILES.items():
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(body)
