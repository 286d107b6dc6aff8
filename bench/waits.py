"""waits - how long people wait, beside the least that it can take

The desk: from saving a file to the end of its report; beside it the compiler
and the linker alone.  A class: a file after another on all processors; beside
it the same files compiled, linked and tested with nothing around it.  The
book: the site after an edit of one lesson; beside it pandoc alone.
"""

import glob
import os
import re
import shutil
import statistics
import subprocess
import time

WAITS = {
    'desk': 'from save to report, chapter 01',
    'class': 'a class of 64 files',
    'book': 'the site, after an edit of one lesson',
}


def seconds(*argv, shell=False):
    start = time.perf_counter()
    done = subprocess.run(argv[0] if shell else argv, shell=shell, check=False,
                          capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode > 1:
        raise RuntimeError(' '.join(argv) + ': ' + done.stderr[-300:])
    return took


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
        floor.append(seconds(compiling, shell=True))
    return [('make 01', '', 1, took), ('compiler and linker', '', 1, floor)]


def submissions(build, _):
    said = subprocess.run(['sh', 'grader/class/throughput', build, '64'],
                          capture_output=True, text=True, check=True).stdout
    cores = len(os.sched_getaffinity(0))
    rows = [('floor', '', cores, [float(re.search(r'floor ([0-9.]+) s', said)[1])])]
    rows += [(f'class run, {level}', '', cores, [float(took)]) for level, took in
             re.findall(r'^([A-Z]+) +([0-9.]+) s', said, re.M)]
    return rows[1:] + rows[:1]


def book(build, rounds):
    lesson = max(glob.glob('chapters/*/lesson.md'), key=os.path.getsize)
    seconds('make', '-s', 'book', f'BUILD={build}')
    took, floor = [], []
    for _ in range(rounds):
        os.utime(lesson)
        took.append(seconds('make', '-s', 'book', f'BUILD={build}'))
        floor.append(seconds('pandoc', '-f', 'markdown', '-t', 'html', '-s',
                             '--mathml', '-o', '/dev/null', lesson))
    return [('make book', '', 1, took), ('pandoc', '', 1, floor)]


def measure(name, build, rounds):
    """Rows as those of the contenders; the first is ours."""
    rows = {'desk': desk, 'class': submissions, 'book': book}[name](build, rounds)
    ours = statistics.median(rows[0][3])
    nan = float('nan')
    for contender, version, threads, times in rows:
        median = statistics.median(times)
        yield dict(workload=name, contender=contender, version=version,
                   precision='', threads=threads, median_s=median,
                   min_s=min(times), max_s=max(times),
                   ratio_to_ours=median / ours, loss=nan, accuracy=nan,
                   share_of_roofline=nan)
