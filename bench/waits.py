"""waits - what is measured beside no peer: each against its own floor

One product, written in five ways.  Then how long people wait.  The desk: from saving a file to the end of its report; beside it the compiler
and the linker alone.  A class: a file after another on all processors; beside
it the same files compiled, linked and tested with nothing around it.  The
book: the site after an edit of one lesson; beside it pandoc alone.
"""

import glob
import os
import re
import shutil
import subprocess
import time

WAITS = {
    'product': 'one product, 512 x 784 x 512, written in five ways',
    'desk': 'from save to report, chapter 01',
    'class': 'a class of 64 files',
    'book': 'the site, after an edit of one lesson',
}


PRODUCT = 2 * 512 * 784 * 512  # operations


class Failed(Exception):
    """Why something could not be measured."""


def said_by(*argv):
    try:
        done = subprocess.run(argv, check=False, capture_output=True, text=True)
    except OSError as why:
        raise Failed(f'{argv[0]}: {why.strerror}') from why
    if done.returncode:
        lines = (done.stderr + done.stdout).strip().splitlines() or ['no word']
        raise Failed(f'{" ".join(argv)[:60]} ends with {done.returncode}: {lines[0]}')
    return done.stdout


def seconds(*argv):
    start = time.perf_counter()
    said_by(*argv)
    return time.perf_counter() - start


def desk(build, rounds):
    chapter = '01-linear-regression'
    folder = f'{build}/bench/desk'
    os.makedirs(folder, exist_ok=True)
    file = f'{folder}/{chapter}.c'
    shutil.copy(f'solutions/{chapter}.c', file)
    grade = ('make', '-s', '01', f'FILE={file}', f'BUILD={build}')
    seconds(*grade)  # the judge is built before
    with open(f'{build}/student/commands/{chapter}', encoding='utf-8') as text:
        compiling = text.read().replace('FILE', file).replace(
            'OUT', f'{folder}/floor.so')
    took, floor = [], []
    for turn in range(rounds):
        with open(file, 'a', encoding='utf-8') as out:
            out.write(f'/* edit {turn} */\n')
        took.append(seconds(*grade))
        floor.append(seconds('sh', '-c', compiling))
    return [('make 01', 1, took), ('compiler and linker', 1, floor)]


def submissions(build, _):
    said = said_by('sh', 'grader/class/throughput', build, '64')
    cores = len(os.sched_getaffinity(0))
    rows = [(f'class run, {level}', cores, [float(took)]) for level, took in
            re.findall(r'^([A-Z]+) +([0-9.]+) s', said, re.M)]
    floor = re.search(r'floor ([0-9.]+) s', said)
    return rows + [('floor', cores, [float(floor[1])])]


def book(build, rounds):
    lesson = max(glob.glob('chapters/*/lesson.md'), key=os.path.getsize)
    seconds('make', '-s', 'book', f'BUILD={build}')
    took, floor = [], []
    for _ in range(rounds):
        os.utime(lesson)
        took.append(seconds('make', '-s', 'book', f'BUILD={build}'))
        floor.append(seconds('pandoc', '-f', 'markdown', '-t', 'html', '-s',
                             '--mathml', '-o', '/dev/null', lesson))
    return [('make book', 1, took), ('pandoc', 1, floor)]


def ways(build, rounds):
    """The demo of chapter 04, built for speed: see run.py."""
    took = {}
    for _ in range(rounds):
        for line in said_by(f'{build}/bench/float0/demo/04-multi-layer-perceptron',
                            'orders').splitlines():
            if not line.startswith('#'):
                way, rate = line.split('\t')[:2]
                took.setdefault(way.strip(), []).append(PRODUCT / float(rate) / 1e9)
    return [(way, 2 if 'threads' in way else 1, times)
            for way, times in took.items()]


def measure(name, build, rounds):
    """Who is ours; then of each contender its name, threads and times."""
    ours, how = {'product': ('the toolbox', ways), 'desk': ('make 01', desk),
                 'class': ('class run, STRONG', submissions),
                 'book': ('make book', book)}[name]
    return ours, how(build, rounds)
