"""Hands in odd files, names and archives, which no diff can describe.

    shapes.py FOLDER PLANTED SOLUTION EXERCISE

FOLDER gets a submission for each; PLANTED is the folder of the test, where
the secrets lie.  Prints a line for each, with tabs between them: a label,
the name of the submission in hexadecimal, what must come of it.
"""

import gzip
import io
import lzma
import os
import shutil
import socket
import stat
import subprocess
import sys
import tarfile
import zipfile

folder, planted, solution, exercise = sys.argv[1:]
folder = os.fsencode(os.path.abspath(folder))
secret = planted + "/secret"
NAME = "01-tiny.c"
ROOT = os.geteuid() == 0
right = open(solution, "rb").read()
skeleton = open(exercise, "rb").read()
ALL = "8 of 8"


def say(label, expect, name=None):
    name = label.encode() if name is None else name
    print(label, name.hex(), expect, sep="\t")
    return os.path.join(folder, name)


def write(path, content):
    with open(path, "wb") as out:
        out.write(content)


def text(label, content, expect, name=None):
    """A folder with the one file in it."""
    path = say(label, expect, name)
    os.mkdir(path)
    write(os.path.join(path, NAME.encode()), content)
    return path


def place(label, expect):
    """A folder with nothing in it, and the path of the file."""
    path = say(label, expect)
    os.mkdir(path)
    return os.path.join(path, NAME.encode())


# --- Large and strange texts --------------------------------------------------

HEAD = right.index(b'#include "tiny.h"') + len(b'#include "tiny.h"\n')


def with_top(code):
    return right[:HEAD] + code + right[HEAD:]


text("line-of-200-kilobytes", with_top(b"/*" + b"x" * 200000 + b"*/\n"), ALL)
text("line-of-200-kilobytes-of-code",
     with_top(b"static int many[] = {" + b"1," * 100000 + b"0};\n"), ALL)
text("wrong-line-of-200-kilobytes",
     with_top(b"static int many[] = {" + b"1," * 100000 + b"} }\n"),
     "0 of 8: does not compile")
text("nested-too-deeply",
     with_top(b"int deep = " + b"(" * 100000 + b"1" + b")" * 100000 + b";\n"),
     "0 of 8: does not compile")
text("braces-nested-too-deeply",
     with_top(b"void deep(void) " + b"{" * 10000 + b"}" * 10000 + b"\n"),
     ALL)
text("stars-without-end", with_top(b"int " + b"*" * 10000 + b"far;\n"),
     ALL)
text("name-of-100-kilobytes", with_top(b"int " + b"n" * 100000 + b";\n"), ALL)
text("undeclared-name-of-100-kilobytes",
     with_top(b"int many = " + b"n" * 100000 + b";\n"),
     "0 of 8: does not compile")
text("thousands-of-functions", with_top(b"".join(
    b"int f%d(void) { return %d; }\n" % (k, k) for k in range(1000))), ALL)
text("thousands-of-unused-variables", with_top(b"".join(
    b"static int v%d;\n" % k for k in range(3000))), ALL)
text("unbalanced-conditions", with_top(b"#if 1\n" * 20000),
     "0 of 8: does not compile")
text("comments-of-100-kilobytes",
     with_top(b"/* why it is so, in many words. */\n" * 3000), ALL)
text("largest-that-is-taken", right + b" " * (256 * 1024 - len(right)), ALL)
text("no-newline-at-the-end", right.rstrip(b"\n"), ALL)
text("tabs-and-form-feeds", right.replace(b"    ", b"\t").replace(
    b"\n\nreal", b"\n\f\nreal"), ALL)
text("spaces-at-the-ends-of-lines", right.replace(b"\n", b"  \n"), ALL)
text("lines-that-end-in-a-backslash",
     right.replace(b"real sum = 0;", b"real \\\n  s\\\num \\\n= 0;"), ALL)
text("latin-1", with_top(b"/* gr\xf6\xdfer, caf\xe9 */\n"), ALL)
text("invalid-utf-8-in-a-name", with_top(b"int gr\xf6\xdfe;\n"),
     "0 of 8: does not compile")
text("escape-codes-in-the-source",
     with_top(b"int \x1b[2J\x1b[31m <b>bold</b> = ;\n"),
     "0 of 8: does not compile")
text("reversed-by-unicode",
     with_top("/* \u202e } \u2066 if (0) \u2069 */\n".encode()), ALL)
text("typographic-quotes", with_top(
    "static const char *s = \u201cwords\u201d;\n".encode()),
    "0 of 8: does not compile")
text("crlf", right.replace(b"\n", b"\r\n"), ALL)
text("crlf-and-bom",
     b"\xef\xbb\xbf" + right.replace(b"\n", b"\r\n"), ALL)
text("bom", b"\xef\xbb\xbf" + right, ALL)
text("mixed-line-ends", right.replace(b";\n", b";\r\n"), ALL)
text("cr-only", right.replace(b"\n", b"\r"), ALL)
text("the-exercise-as-it-was", skeleton, "0 of 8: not written yet")

# --- Files that are none ------------------------------------------------------

text("empty", b"", "0 of 8: is empty")
text("only-spaces", b" \n\t\r\n" * 100, "0 of 8: is empty")
text("zero-byte", right + b"\0\n", "0 of 8: a zero byte")
text("zero-bytes-alone", b"\0" * 1000, "0 of 8: a zero byte")
text("utf-16-le", b"\xff\xfe" + right.decode().encode("utf-16-le"),
     "0 of 8: is saved as UTF-16")
text("utf-16-be", b"\xfe\xff" + right.decode().encode("utf-16-be"),
     "0 of 8: is saved as UTF-16")
text("utf-16-without-a-mark", right.decode().encode("utf-16-le"),
     "0 of 8: a zero byte")
text("utf-32", b"\xff\xfe\0\0" + right.decode().encode("utf-32-le"),
     "0 of 8: is saved as UTF-16")
text("program-in-place-of-the-source", open("/bin/true", "rb").read()[:200000],
     "0 of 8: a zero byte")
text("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50,
     "0 of 8: a zero byte")
text("too-large", b" " * (256 * 1024 + 1), "refused: more than 256 KiB")
sparse = place("very-large-and-sparse", "refused: more than 256 KiB")
with open(sparse, "wb") as out:
    out.truncate(1 << 40)
os.symlink(secret, place("link", "refused: is a link"))
os.symlink("/dev/zero", place("link-to-a-device", "refused: is a link"))
os.symlink("/proc/self/fd/0", place("link-to-input", "refused: is a link"))
os.symlink(NAME, place("link-to-itself", "refused: is a link"))
os.symlink(planted + "/neighbour", say("link-to-a-neighbour", "nothing"))
os.symlink("/", say("link-to-all", "nothing: neither a folder nor"))
os.symlink(planted + "/neighbour",
           os.path.join(os.path.dirname(place("links-a-folder", "nothing")),
                        b"exercises"))
os.symlink("..", os.path.join(os.path.dirname(
    place("links-back", "nothing")), b"back"))
os.mkfifo(place("pipe", "refused: not a file"))
os.mkfifo(say("pipe-in-place-of-the-folder", "nothing: neither a folder nor"))
os.mkdir(place("folder-in-place-of-the-file", "refused: a folder"))
place("nothing-at-all", "nothing")
where = place("socket", "refused: not a file")
here = os.getcwd()
os.chdir(os.path.dirname(where))
s = socket.socket(socket.AF_UNIX)
s.bind(NAME)
os.chdir(here)
if ROOT:
    try:  # not where root may make none
        device = planted + "/device"
        os.mknod(device, 0o644 | stat.S_IFCHR, os.makedev(1, 5))
        os.rename(device, place("device", "refused: a device"))
    except PermissionError:
        pass
    where = place("second-name-of-a-secret", "refused: a file of another owner")
    os.link(planted + "/secret", where)
    os.chown(os.path.dirname(where), 65533, 65533)
where = text("two-names-of-its-own", right, ALL)
os.link(where + b"/" + NAME.encode(), where + b"/another-name")
where = text("nobody-may-read-it", right, "refused [user]: Permission denied")
os.chmod(where + b"/" + NAME.encode(), 0)
where = text("nobody-may-enter", right, "nothing [user]: cannot be opened")
os.chmod(where, 0)
where = text("nobody-may-write", right, ALL)
os.chmod(where + b"/" + NAME.encode(), 0o444)
os.chmod(where, 0o555)
where = text("may-be-run-as-root", right, ALL)
os.chmod(where + b"/" + NAME.encode(), 0o6755)

# --- What lies beside it ------------------------------------------------------

path = text("headers-beside-it", right, ALL)
for name in ("tiny.h", "matrix.h", "math.h", "stdio.h", "require.h"):
    write(path + b"/" + name.encode(), b"#error mine\n")
path = text("tests-beside-it", right, ALL)
for name in ("Makefile", "GNUmakefile", "test.h", "tiny.test.c", "test",
             "01-tiny.json", "01-tiny.mistakes.md"):
    write(path + b"/" + name.encode(), b"#error mine\nall:; exit 0\n")
path = text("libraries-beside-it", right, ALL)
for name in ("01-tiny.so", "student.so", "libm.so.6", "01-tiny.o", "a.out",
             "core"):
    write(path + b"/" + name.encode(), b"\x7fELF nothing")
path = text("what-editors-leave", right, ALL)
for name in ("01-tiny.c~", "#01-tiny.c#", ".01-tiny.c.swp", "01-tiny.c.orig",
             "._01-tiny.c", "01-tiny (1).c", "01-tiny.c.txt"):
    write(path + b"/" + name.encode(), b"not C")
path = text("twice-at-two-depths", right, ALL + ": is there twice")
os.mkdir(path + b"/exercises")
write(path + b"/exercises/" + NAME.encode(), skeleton)
for label, name in (("in-capitals", "01-TINY.C"), ("capital-c", "01-tiny.C"),
                    ("underscore", "01_tiny.c"), ("with-txt", NAME + ".txt"),
                    ("with-a-space", NAME + " "), ("c-plus-plus", NAME + "pp")):
    path = os.path.dirname(place("name-" + label, "nothing"))
    write(path + b"/" + name.encode(), right)
path = os.path.dirname(place("three-folders-down", ALL))
os.makedirs(path + b"/a/b")
write(path + b"/a/b/" + NAME.encode(), right)
path = os.path.dirname(place("thirty-folders-down", "nothing"))
os.makedirs(path + b"/a" * 30)
write(path + b"/a" * 30 + b"/" + NAME.encode(), right)
path = text("among-three-thousand-files", right, ALL)
for k in range(3000):
    write(path + b"/%04d" % k, b"")

# --- Names --------------------------------------------------------------------

for label, name in (
        ("newline", b"two\nlines"), ("carriage-return", b"two\rlines"),
        ("space", b"  two  words "), ("dash", b"-rf"), ("dashes", b"--help"),
        ("quotes", b"O'Neil \"x\" `y`"), ("command", b"$(touch tiny-left)"),
        ("more-commands", b"; touch tiny-left; | & > tiny-left"),
        ("invalid-utf-8", b"\xff\xfe\xc3"), ("overlong-utf-8", b"\xc0\xaf\xc0"),
        ("longest", b"n" * 255), ("longest-of-umlauts", "ü".encode() * 127),
        ("html", b"<script>alert(1)<!-- &lt;"),
        ("sql", b"'); DROP TABLE grade; --"),
        ("formula", b"=1+1"), ("another-formula", b"@SUM(A1)"),
        ("dots-within", b"a..b"), ("escaped-path", b"a..%2f..%2fsecret"),
        ("backslashes", b"a..\\..\\secret"), ("format", b"%s%n%d%%"),
        ("stars", b"*?[a-z]{x,y}"), ("control", b"\x01\x1b[31m\x7f"),
        ("right-to-left", "\u202eevil".encode()), ("tab", b"a\tb"),
        ("emoji", "\U0001f600".encode()), ("null", b"NULL"), ("number", b"0"),
        ("option-of-the-compiler", b"-Wl,-rpath"), ("word", b"FILE"),
        ("looks-like-an-archive.zip", b"folder.zip"), ("comma", b"a,b;c"),
        ("home", b"~root"), ("comment", b"# x"), ("zero-width", "\u200b".encode())):
    text("named-" + label, right, ALL, name)

# --- Archives -----------------------------------------------------------------


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, content in entries:
            if isinstance(name, str):
                name = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                name.compress_type = method
            z.writestr(name, content)
    return out.getvalue()


def tarred(entries, form=tarfile.PAX_FORMAT):
    """Entries are (name, content) or (name, type, link)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as t:
        for entry in entries:
            info = tarfile.TarInfo(entry[0])
            if len(entry) == 3:
                info.type, info.linkname = entry[1], entry[2]
                info.devmajor, info.devminor = 1, 5
                t.addfile(info)
            else:
                info.size = len(entry[1])
                t.addfile(info, io.BytesIO(entry[1]))
    return out.getvalue()


def archive(name, content, expect):
    write(say(name, expect), content)


one = [(NAME, right)]
archive("right.zip", zipped(one), ALL)
archive("stored.zip", zipped(one, zipfile.ZIP_STORED), ALL)
archive("by-bzip2.zip", zipped(one, zipfile.ZIP_BZIP2), ALL)
archive("in-folders.zip", zipped([("a/", b""), ("a/b/" + NAME, right),
                                  ("__MACOSX/a/._" + NAME, b"junk")]), ALL)
archive("right.tar", tarred(one), ALL)
archive("old.tar", tarred(one, tarfile.USTAR_FORMAT), ALL)
archive("right.tar.gz", gzip.compress(tarred(one)), ALL)
archive("right.tar.xz", lzma.compress(tarred(one)), ALL)
if shutil.which("zstd"):
    archive("right.tar.zst", subprocess.run(
        ["zstd", "-q", "-c"], input=tarred(one), stdout=subprocess.PIPE,
        check=True).stdout, ALL)
archive("no-ending", zipped(one), ALL)
archive("wrong-ending.zip", tarred(one), ALL)
archive("after-a-program.zip", b"#!/bin/sh\nexit 1\n" + zipped(one), "at most 8 of 8")
archive("packed-thrice.tar.gz",
        gzip.compress(gzip.compress(gzip.compress(tarred(one)))), ALL)
archive("climbs.zip", zipped([("../" + NAME, right)]),
        "nothing: leaves its folder, refused")
archive("climbs-from-within.zip", zipped([("a/../../" + NAME, right)]),
        "nothing: leaves its folder, refused")
archive("climbs.tar", tarred([("../../" + NAME, right),
                              ("../outside/tiny-left", b"x")]),
        "nothing: leaves its folder, refused")
archive("absolute.tar", tarred([(planted + "/outside/" + NAME, right)]),
        "nothing: leaves its folder, refused")
archive("absolute.zip", zipped([(planted + "/outside/tiny-left", b"x"),
                                ("/" + NAME, right)]),
        "nothing: leaves its folder, refused")
archive("of-windows.zip", zipped([("..\\" + NAME, right)]), "nothing")
archive("climbs-and-is-right.tar", tarred([("../tiny-left", b"x")] + one),
        ALL + ": leaves its folder, refused")
archive("link.tar", tarred([(NAME, tarfile.SYMTYPE, secret)]),
        "nothing: is a link or no file")
archive("second-name.tar", tarred([(NAME, tarfile.LNKTYPE, secret)]),
        "nothing: is a link or no file")
archive("second-name-of-its-own.tar",
        tarred([("a.c", right), (NAME, tarfile.LNKTYPE, "a.c")]),
        "nothing: is a link or no file")
archive("device.tar", tarred([(NAME, tarfile.CHRTYPE, "")]),
        "nothing: is a link or no file")
archive("pipe.tar", tarred([(NAME, tarfile.FIFOTYPE, "")]),
        "nothing: is a link or no file")
archive("folder.tar", tarred([(NAME, tarfile.DIRTYPE, "")]), "nothing")
archive("through-a-link.tar",
        tarred([("out", tarfile.SYMTYPE, planted + "/outside"),
                ("out/" + NAME, right), ("out/tiny-left", b"x")]), ALL)
info = zipfile.ZipInfo(NAME)
info.external_attr = (stat.S_IFLNK | 0o777) << 16
info.create_system = 3
archive("link.zip", zipped([(info, secret.encode())]),
        "nothing: is a link or no file")
archive("bomb.tar.gz",
        gzip.compress(tarred([("zeros", b"\0" * (80 << 20))] + one), 6),
        "nothing: the rest is not read")
archive("bomb.zip", zipped([(NAME, b"\0" * (20 << 20))]),
        "nothing: larger than 256 KiB, refused")
archive("bomb-in-a-bomb.tar.gz", gzip.compress(gzip.compress(
    tarred([("zeros", b"\0" * (80 << 20))], tarfile.USTAR_FORMAT), 6)),
    "nothing")
archive("many-entries.tar.gz", gzip.compress(tarred(
    [("e%d" % k, b"") for k in range(12000)] + one, tarfile.USTAR_FORMAT), 1),
    "nothing: the rest is not read")
archive("many-times-the-same.tar.gz", gzip.compress(tarred(
    one * 3000, tarfile.USTAR_FORMAT), 1), ALL + ": is there twice")
archive("archive-in-an-archive.zip", zipped([("a.zip", zipped(one))]),
        "nothing")
archive("twice.tar", tarred(one + [("a/" + NAME, skeleton)]),
        ALL + ": is there twice")
archive("twice-by-case.zip", zipped([(NAME.upper(), skeleton)] + one), ALL)
locked = bytearray(zipped(one))
for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
    locked[locked.index(mark) + at] |= 1
archive("encrypted.zip", bytes(locked), "nothing: is encrypted, refused")
archive("cut.zip", zipped(one)[:300], "nothing: damaged")
archive("cut.tar.gz", gzip.compress(tarred(one))[:300], "nothing: truncated")
archive("junk.zip", b"junk, and nothing else\n" * 50, "nothing: no archive")
archive("nothing.zip", b"", "nothing")
archive("zeros.tar", b"\0" * 20480, "nothing")
archive("one-file.c.gz", gzip.compress(right), "nothing: no archive")
archive("source-in-place-of-a-folder.c", right, "nothing: no archive")
lying = bytearray(zipped(one, zipfile.ZIP_STORED))
for mark, at in ((b"PK\3\4", 18), (b"PK\1\2", 20)):
    start = lying.index(mark) + at
    lying[start:start + 8] = b"\xf0\xff\xff\x7f\xf0\xff\xff\x7f"
archive("lies-about-its-size.zip", bytes(lying), "nothing")
lying = bytearray(tarred(one, tarfile.USTAR_FORMAT))
lying[124:136] = b"77777777777\0"
lying[148:156] = b" " * 8
lying[148:156] = b"%06o\0 " % sum(lying[:512])
archive("lies-about-its-size.tar", bytes(lying), "nothing")
archive("entry-of-odd-names.tar", tarred(
    [("a\n\x1b[31m<b>/" + NAME, right), ("x" * 3000, b""), ("../\n\x1b[2J", b"")]),
    ALL + ": leaves its folder, refused")
