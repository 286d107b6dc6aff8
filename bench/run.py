"""bench - the course's solutions beside their peers, in one run

    bench/run.py BUILD [--rounds N] [--only W4,W8] [--keep]

Everybody does the same work: the same data, first weights and batches, read
from files.  In each round every contender has one turn, after one that does
not count; what counts is the median of its rounds.  Ends with status 1 if
somebody's loss is another one.  bench.h says how a contender is asked.
--keep makes of this run the one that the book shows, bench/measured.tsv.
"""

import argparse
import collections
import glob
import math
import os
import shutil
import statistics
import subprocess
import sys
import time

import waits

WORKLOADS = {
    'W1': 'linear regression, 20,640 x 8, 1,000 steps',
    'W1n': 'the same at once',
    'W2': 'one neuron, 1 against 7, 100 epochs',
    'W3': '64 examples by heart, 1000-100-10, 500 steps',
    'W4': '784-128-10, one epoch of MNIST, batches of 64',
    'W4b': '784-300-100-10',
    'W5': '784-128-10 with Adam',
    'W5b': '784-300-100-10 with Adam',
    'W6': 'tape of numbers, 2-16-16-1, 100 points, one step',
    'W7': 'W4 on the tape of matrices',
    'W8': '784-128-10, sigmoid, 10,000 examples one by one',
}

# Sums may be put into another order, as the peers do; isnan() still means
# something.  What is float is computed as float, also by sqrt and exp:
# tgmath.h sees to it.
FAST = ('-O3 -march=native -DNDEBUG -ffp-contract=fast -fno-math-errno '
        '-fno-trapping-math -fassociative-math -fno-signed-zeros '
        '-freciprocal-math '
        '-D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -include tgmath.h')

Contender = collections.namedtuple('Contender', 'name precision threads argv only')


TORCH = 'torch', 'torch.nn', 'dataloader'


def layers(sizes, examples):
    """Operations of training: forward, dW, and dA of all layers but one."""
    one = [2 * a * b for a, b in zip(sizes, sizes[1:])]
    return examples * (3 * sum(one) - one[0])


# Operations; and, where memory decides, bytes of a number read and how large
# what they are read from is.  None: no simple limit.
ONES = 13007
BATCH = 64
LIMITS = {
    'W1': (1000 * 4 * 20640 * 8, 1000 * 20640 * 8, 20640 * 8),
    'W2': (100 * 4 * ONES * 784, 100 * ONES * 784, ONES * 784),
    'W3': (500 * layers([1000, 100, 10], 64), 0, 0),
    'W4': (layers([784, 128, 10], 60000), 0, 0),
    'W4b': (layers([784, 300, 100, 10], 60000), 0, 0),
    'W5': (layers([784, 128, 10], 60000), 0, 0),
    'W5b': (layers([784, 300, 100, 10], 60000), 0, 0),
    'W7': (layers([784, 128, 10], 60000), 0, 0),
    'W8': (layers([784, 128, 10], 10000), 10000 * 3 * 784 * 128, 784 * 128),
    'product': (waits.PRODUCT, 0, 0),
}


# Adam divides by what has been small so far: three layers make of the last
# digit of a float more than elsewhere.
TOLERANCE = {'W5b': 1e-3}


def say(text=''):
    print(text, flush=True)


def fail(text):
    sys.exit('bench: ' + text)


# --- Contenders -------------------------------------------------------------------

def core_type():
    """The kernel of OpenBLAS for this processor; old ones know it not."""
    with open('/proc/cpuinfo', encoding='ascii') as lines:
        flags = next((l for l in lines if l.startswith('flags')), '').split()
    if 'avx512f' in flags:
        return 'SkylakeX'
    return 'Haswell' if 'avx2' in flags else None


class Running:
    """A contender's process."""

    def __init__(self, contender):
        self.of = contender
        threads = str(contender.threads)
        # PyTorch has threads of its own: with those of OpenBLAS they fight
        blas = '1' if contender.name in TORCH else threads
        env = dict(os.environ, OPENBLAS_NUM_THREADS=blas,
                   OMP_NUM_THREADS=threads, MKL_NUM_THREADS=threads,
                   THREADS=threads)
        env.pop('OPENBLAS_L2_SIZE', None)
        core = core_type()
        if core:
            env['OPENBLAS_CORETYPE'] = core
        self.process = subprocess.Popen(
            contender.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=env)
        self.version = self.process.stdout.readline().strip()

    def ask(self, words):
        try:
            self.process.stdin.write(words + '\n')
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
        except BrokenPipeError:
            answer = ''
        if not answer:
            why = self.process.stderr.read().strip().splitlines() or ['no word']
            return 'no: it ended: ' + why[-1]
        return answer

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def make(*words):
    done = subprocess.run(['make', '-s', '--no-print-directory', *words],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        fail('make ' + ' '.join(words) + ':\n' + done.stderr[-2000:])


def build_ours(build):
    ours = []
    for precision in ('float', 'double'):
        for kernel, options in (('C', []), ('C, OpenBLAS', ['BLAS=1'])):
            if options and subprocess.run(['pkg-config', '--exists', 'openblas'],
                                          check=False).returncode:
                say('C, OpenBLAS: OpenBLAS is not installed')
                continue
            folder = f'{build}/bench/{precision}{len(options)}'
            make('-j2', f'BUILD={folder}', f'REAL={precision}', f'PLAIN={FAST} -flto',
                 *options, f'{folder}/contender', f'{folder}/roofline')
            for threads in (1, 2):
                ours.append(Contender(kernel, precision, threads,
                                      [f'{folder}/contender', f'{build}/bench/data'],
                                      None))
    if shutil.which('clang'):
        folder = f'{build}/bench/clang'
        make('-j2', f'BUILD={folder}', 'REAL=float', f'PLAIN={FAST}', 'CC=clang',
             f'{folder}/contender')
        ours.append(Contender('C by clang', 'float', 1,
                              [f'{folder}/contender', f'{build}/bench/data'],
                              {'W4', 'W4b'}))
    return ours


def python_with(module):
    for python in ('python3', '/usr/bin/python3'):
        if not subprocess.run([python, '-c', f'import {module}'], check=False,
                              stderr=subprocess.DEVNULL).returncode:
            return python
    return None


def find_peers(build):
    peers = []
    for name, module, settings in (
            ('numpy', 'numpy', (('float', 1), ('double', 1), ('float', 2))),
            ('torch', 'torch', (('float', 1), ('float', 2), ('double', 1))),
            ('torch.nn', 'torch', (('float', 1), ('float', 2))),
            ('dataloader', 'torch', (('float', 1),)),
            ('scikit-learn', 'sklearn', (('float', 1),)),
            ('python', 'sys', (('double', 1),))):
        python = python_with(module)
        if not python:
            say(f'{name}: not installed')
            continue
        for precision, threads in settings:
            peers.append(Contender(
                name, precision, threads,
                [python, 'bench/peers.py', name, f'{build}/bench/data', precision,
                 str(threads)],
                {'W6'} if name == 'python' or (name, precision) == ('torch', 'double')
                else None))
    if os.path.exists('/usr/include/fann.h'):
        make(f'BUILD={build}/bench/float0', 'REAL=float',
             f'PLAIN={FAST} -flto', f'{build}/bench/float0/fann')
        peers.append(Contender('FANN', 'float', 1, [f'{build}/bench/float0/fann',
                                                    f'{build}/bench/data'], {'W8'}))
    else:
        say('FANN: libfann-dev is not installed')
    return peers


# --- Limits --------------------------------------------------------------------------

def measure_limits(build, workloads, before=None):
    """By precision the peak, and what is read each second from each place: the
    best of this time and the time before."""
    roof = {}
    for precision, size in (('float', 4), ('double', 8)):
        program = f'{build}/bench/{precision}0/roofline'
        wanted = sorted({LIMITS[w][2] * size for w in workloads
                         if w in LIMITS and LIMITS[w][2]})
        said = subprocess.run([program, *map(str, wanted)], capture_output=True,
                              text=True, check=True).stdout
        roof[precision] = {key: float(rate) for key, rate in
                           (line.split('\t') for line in said.splitlines())}
        for key, rate in before[precision].items() if before else ():
            roof[precision][key] = max(rate, roof[precision][key])
    return roof


def say_limits(roof):
    for precision, rates in roof.items():
        say(f'{precision}: {rates["peak"]} 10^9 operations/s' + ''.join(
            f', reads {int(k) / 1e6:.2f} MB at {rate} GB/s'
            for k, rate in rates.items() if k != 'peak'))


def least_time(workload, precision, roof):
    """What it takes at least; not a number if nobody knows."""
    if workload not in LIMITS or precision not in roof:
        return math.nan
    flops, numbers, place = LIMITS[workload]
    rates, size = roof[precision], 4 if precision == 'float' else 8
    reading = numbers * size / rates[str(place * size)] / 1e9 if numbers else 0
    return max(flops / rates['peak'] / 1e9, reading)


# --- The rounds ------------------------------------------------------------------------

def compete(workload, running, rounds):
    """The outcomes of everybody who does this: [(seconds, loss, accuracy)]."""
    came = {}
    for one in running:
        if one.of.only and workload not in one.of.only:
            continue
        answer = one.ask(workload)
        if answer == 'ready':
            came[one] = []
        elif 'ended' in answer:
            say(f'  {one.of.name}: {answer}')
    for turn in range(-1, rounds):  # the first turn only warms up
        for one, outcomes in came.items():
            if turn > 0 and sum(o[0] for o in outcomes) > 60:
                continue  # it has had its time
            time.sleep(0.1)  # threads of the one before may still look for work
            answer = one.ask('go')
            try:
                outcome = tuple(float(x) for x in answer.split())
            except ValueError:
                say(f'  {one.of.name}: {answer}')
                continue
            if turn >= 0:
                outcomes.append(outcome)
    return {one: o for one, o in came.items() if o}


def row_of(workload, contender, version, precision, threads, times, ours,
           loss=math.nan, accuracy=math.nan, limit=math.nan):
    median = statistics.median(times)
    return dict(workload=workload, contender=contender, version=version,
                precision=precision, threads=threads, median_s=median,
                min_s=min(times), max_s=max(times), ratio_to_ours=median / ours,
                loss=loss, accuracy=accuracy,
                share_of_roofline=limit / median if threads == 1 else math.nan)


def rows_of(workload, came, roof):
    own = 'C', 'double' if workload == 'W6' else 'float', 1
    ours = next((statistics.median(o[0] for o in outcomes)
                 for one, outcomes in came.items() if one.of[:3] == own), math.nan)
    return [row_of(workload, one.of.name, one.version, one.of.precision,
                   one.of.threads, [o[0] for o in outcomes], ours,
                   *outcomes[-1][1:], least_time(workload, one.of.precision, roof))
            for one, outcomes in came.items()]


def rows_of_waits(name, build, rounds):
    if name == 'product':
        make(f'BUILD={build}/bench/float0', 'REAL=float', f'PLAIN={FAST} -flto',
             f'{build}/bench/float0/demo/04-multi-layer-perceptron')
    who, measured = waits.measure(name, build, rounds)
    ours = next((statistics.median(times) for contender, _, times in measured
                 if contender == who), math.nan)
    precision = 'float' if name == 'product' else ''
    return [row_of(name, contender, '', precision, threads, times, ours)
            for contender, threads, times in measured]


def show(rows):
    for row in sorted(rows, key=lambda r: r['median_s']):
        share = row['share_of_roofline']
        say(f'  {row["contender"]:19} {row["precision"]:6} {row["threads"]}  '
            f'{row["median_s"]:10.4f} s [{row["min_s"]:.4f} .. {row["max_s"]:.4f}]  '
            f'{row["ratio_to_ours"]:8.2f} x'
            + ('' if math.isnan(row['loss']) else f'  loss {row["loss"]:.6f}')
            + ('' if math.isnan(row['accuracy']) else f'  {row["accuracy"]:.2%}')
            + ('' if math.isnan(share) else f'  {share:.0%} of the limit'))


# --- What is kept --------------------------------------------------------------------

def write_table(path, rows, roof):
    """With the limits, and for the roofline what each workload computes."""
    names = [n for n in rows[0] if n != 'max_s']
    with open('/proc/cpuinfo', encoding='ascii') as lines:
        processor = next((l.split(': ')[1].strip() for l in lines
                          if l.startswith('model name')), 'of no name')
    with open(path, 'w', encoding='utf-8') as out:
        out.write(f'# processor\t{processor}\n')
        for precision, rates in roof.items():
            for place, rate in rates.items():
                out.write(f'# limit\t{precision}\t{place}\t{rate}\n')
        for workload, (flops, numbers, _) in LIMITS.items():
            # where arithmetic decides, what is read is used for a batch
            intensity = flops / (4 * numbers) if numbers else 2 * BATCH / 4
            out.write(f'# work\t{workload}\t{flops}\t{intensity:.4g}\n')
        out.write('\t'.join(names) + '\n')
        for row in rows:
            out.write('\t'.join(f'{row[n]:.9g}' if isinstance(row[n], float)
                                else str(row[n]) for n in names) + '\n')


def draw(build):
    for script in sorted(glob.glob('bench/figures/*/*.gp')):
        name = os.path.basename(script)[:-3]
        path = f'{build}/bench-{name}'
        data = subprocess.run(['awk', '-v', f'figure={name}', '-f',
                               'bench/figures.awk', f'{build}/bench.tsv'],
                              capture_output=True, text=True, check=True).stdout
        with open(f'{path}.data', 'w', encoding='utf-8') as out:
            out.write(data)
        for fmt in ('svg', 'png'):
            said = f"fmt='{fmt}'; out='{path}.{fmt}'; data='{path}.data'"
            done = subprocess.run(['gnuplot', '-e', said, script],
                                  capture_output=True, text=True, check=False)
            if done.returncode:
                say(f'no {path}.{fmt}: not enough was measured')
                break
        else:
            say(f'{path}.svg')


# --- All of it -----------------------------------------------------------------------

def compare(build, wanted, rounds):
    """All workloads; rows, losses that differ, what the processor can do."""
    os.makedirs(f'{build}/bench/data', exist_ok=True)
    everybody = build_ours(build)
    store = f'{build}/bench/double0/contender'
    subprocess.run([store, 'store', f'{build}/bench/data', *wanted], check=True)
    everybody += find_peers(build)
    say(f'OpenBLAS takes its kernel {core_type() or "itself"}')
    roof = measure_limits(build, wanted)
    say_limits(roof)
    running = [Running(c) for c in everybody]

    rows, differ = [], []
    for workload in wanted:
        say(f'\n{workload}  {WORKLOADS[workload]}')
        new = rows_of(workload, compete(workload, running, rounds), roof)
        show(new)
        rows += new
        losses = [row['loss'] for row in new]
        for row in new:
            if not math.isclose(row['loss'], losses[0],
                                rel_tol=TOLERANCE.get(workload, 1e-4)):
                differ.append(f'{workload}: {row["contender"]} ends at '
                              f'{row["loss"]:.8g}, not {losses[0]:.8g}')
    for one in running:
        one.end()
    roof = measure_limits(build, wanted, roof)
    say('\nat the end')
    say_limits(roof)
    for row in rows:
        if not math.isnan(row['share_of_roofline']):
            row['share_of_roofline'] = least_time(
                row['workload'], row['precision'], roof) / row['median_s']
    return rows, differ, roof


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--only', default='')
    parser.add_argument('--keep', action='store_true')
    asked = parser.parse_args()
    chosen = asked.only.split(',') if asked.only else [*WORKLOADS, *waits.WAITS]
    for name in chosen:
        if name not in WORKLOADS and name not in waits.WAITS:
            fail(f'there is no {name}; ONLY is some of '
                 + ','.join([*WORKLOADS, *waits.WAITS]))
    wanted = [w for w in WORKLOADS if w in chosen]
    build = asked.build

    for name, needed in (('california', {'W1', 'W1n'}),
                         ('mnist', set(WORKLOADS) - {'W1', 'W1n', 'W3', 'W6'})):
        if needed & set(wanted) and not os.path.isdir(f'datasets/fetched/{name}'):
            fail(f'{name} is not here; to bring it, type: '
                 f'sh datasets/fetch {name}')
    rows, differ, roof, failed = [], [], {}, []
    if wanted:
        rows, differ, roof = compare(build, wanted, asked.rounds)
    for name in waits.WAITS:
        if name in chosen:
            say(f'\n{name}  {waits.WAITS[name]}')
            try:
                new = rows_of_waits(name, build, asked.rounds)
            except waits.Failed as why:
                failed.append(f'{name} is not measured: {why}')
                continue
            show(new)
            rows += new
    if not rows:
        fail('nothing was measured; ' + '; '.join(failed))

    write_table(f'{build}/bench.tsv', rows, roof)
    say(f'\n{build}/bench.tsv has all of it')
    draw(build)
    for sentence in differ + failed:
        say(sentence)
    if asked.keep:
        if asked.only or differ or failed:
            fail('only a whole run in which all losses agree is kept')
        shutil.copy(f'{build}/bench.tsv', 'bench/measured.tsv')
    sys.exit(bool(differ + failed))


if __name__ == "__main__":
    main()
