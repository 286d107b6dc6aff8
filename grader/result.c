/* result.c - what a worker sent, against what the reference answers */
#define _GNU_SOURCE
#include "compare.h"
#include "explain.h"
#include "frame.h"
#include "judge.h"

#include <ctype.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* --- Memory that the judge's children leave to it ------------------------
 */

enum { SHARED_BYTES = 1 << 28 };

void *shared_new(size_t size)
{
    static char *start;
    static size_t *in_use;
    if (!start) {
        start = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (start == MAP_FAILED)
            stop(NO_MEMORY, HERE, "out of memory");
        in_use = (size_t *)start;
        *in_use = 64;
    }
    size = (size + 15) / 16 * 16;
    if (size > SHARED_BYTES - *in_use)
        stop(NO_MEMORY, HERE, "the results do not fit into memory");
    *in_use += size;
    return start + *in_use - size;
}

const char *shared_text(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int size = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (size < 0)
        stop(NO_MEMORY, HERE, "out of memory");
    char *copy = shared_new((size_t)size + 1);
    memcpy(copy, text, (size_t)size + 1);
    free(text);
    return copy;
}

static matrix shared_matrix(size_t rows, size_t cols, const void *data)
{
    matrix a = { rows, cols, shared_new(rows * cols * sizeof(real) + 1) };
    if (rows * cols > 0)
        memcpy(a.data, data, rows * cols * sizeof(real));
    return a;
}

/* --- The test, on the reference ------------------------------------------
 */

static result *current;

static void note_array(const char *name, matrix value, role is)
{
    if (current->array_count == MOST)
        stop(BROKEN_RULE, HERE, "too many inputs in one test");
    current->arrays[current->array_count++] =
        (array){ .name = shared_text("%s", name),
                 .value = shared_matrix(value.rows, value.cols, value.data),
                 .live = is == IN_OUT ? value : (matrix){ 0 },
                 .is = is };
}

void grader_called(const char *text)
{
    if (!strchr(text, '('))
        return; /* an answer that lies there, not one that is computed */
    for (size_t k = 0; k < current->array_count; k++) {
        array *a = &current->arrays[k];
        size_t size = a->live.rows * a->live.cols * sizeof(real);
        if (size > 0)
            memcpy(a->value.data, a->live.data, size);
        a->live = (matrix){ 0 };
    }
    if (current->call_count == MOST)
        stop(BROKEN_RULE, HERE, "too many calls in one test");
    current->calls[current->call_count++] = text;
}

static void note_expectation(const char *text, real tolerance, matrix want)
{
    if (current->expectation_count == MOST)
        stop(BROKEN_RULE, HERE, "too many expectations in one test");
    expectation *e = &current->expectations[current->expectation_count++];
    e->text = text;
    e->tolerance = tolerance;
    e->expected = shared_matrix(want.rows, want.cols, want.data);
}

void grader_expect(const char *text, real tolerance, matrix got,
                   matrix want)
{
    if (!same_matrix(got, want, tolerance)) {
        current->verdict = OURS;
        current->what = shared_text("the reference itself answers %.17g, "
                                    "not %.17g, for %s",
                                    got.data[0], want.data[0], text);
    }
    note_expectation(text, tolerance, want);
}

void grader_expect_reference(const char *text, real tolerance, matrix got)
{
    note_expectation(text, tolerance, got);
}

/* --- What the worker sent
 * ------------------------------------------------- */

enum { LARGEST = 1 << 16 }; /* numbers in one answer */

static void take_answer(result *r, size_t k, const frame *f)
{
    if (k >= r->expectation_count || f->a > LARGEST || f->b > LARGEST ||
        f->size > LARGEST * sizeof(real) ||
        f->size != f->a * f->b * sizeof(real)) {
        r->verdict = NO_ANSWER;
        r->what = shared_text("sent no valid answer: number %zu does not "
                              "have the form of one",
                              k + 1);
        return;
    }
    expectation *e = &r->expectations[k];
    e->yours = shared_matrix(f->a, f->b, f->bytes);
    e->answered = true;
    e->right = same_matrix(e->yours, e->expected, e->tolerance);
}

/* A rule's numbers, but those that a compiler puts where nothing was. */
static const char *in_words(const char *why)
{
    static const char *const nothing[] = {
        "is 18374403900871474942 x 18374403900871474942",
        "is 12297829382473034410 x 12297829382473034410"
    };
    for (size_t k = 0; k < sizeof nothing / sizeof *nothing; k++) {
        const char *found = strstr(why, nothing[k]);
        if (found)
            why = shared_text("%.*swas never made, as by matrix_new%s",
                              (int)(found - why), why,
                              found + strlen(nothing[k]));
    }
    return why;
}

static void take_stop(result *r, const frame *f, const process *worker,
                      const char *file)
{
    char text[1001] = { 0 };
    memcpy(text, f->bytes, f->size < 1000 ? f->size : 1000);
    for (size_t k = 0; k < sizeof text - 1; k++) /* it may say anything */
        if (text[k] && !isprint((unsigned char)text[k]))
            text[k] = '?';
    const char *function = text, *where = text + strlen(text) + 1;
    const char *why = where - text < 1000 ? where + strlen(where) + 1 : "";

    r->stopped_in = shared_text("%s", function);
    r->what = shared_text("%s%s", f->a == NO_ELEMENT ? "found " : "",
                          why - text < 1000 ? in_words(why) : "stopped");
    r->verdict = f->a == NOT_WRITTEN ? UNWRITTEN : RULE_BROKEN;
    if (f->a == NO_ELEMENT && same_file(where, file))
        r->line = (int)f->b;
    else
        r->line = line_in(worker->complained.bytes, file);
    if (f->a == NOT_WRITTEN && same_file(where, file))
        r->line = (int)f->b;
}

/* The arrays of worker and judge are the same, one after another. */
static void take_array(result *r, size_t k, const frame *f)
{
    if (k < r->array_count) {
        r->arrays[k].address = f->a;
        r->arrays[k].bytes = f->b;
    }
}

/* At the deadline, or, deaf to every signal, by the system after it. */
static bool ran_too_long(const process *worker, double limit)
{
    return worker->late || (!worker->exited && worker->seconds > limit &&
                            (worker->signal_number == SIGXCPU ||
                             worker->signal_number == SIGKILL));
}

void result_judge(result *r, const process *worker, const char *file,
                  uint64_t seed, size_t number, double limit)
{
    const unsigned char *stream = (unsigned char *)worker->answers.bytes;
    size_t position = 0, answers = 0, arrays = 0;
    bool broken = false, ready = false, done = false, slept = false;
    frame f;

    current = r;
    inputs_made = note_array;
    inputs_begin(seed, number);
    r->of->run();
    if (r->verdict == OURS)
        return;

    while (
        frame_next(&f, stream, worker->answers.size, &position, &broken) &&
        !done && r->verdict == NOT_RUN) {
        switch (f.kind) {
        case READY:
            ready = true;
            break;
        case ARRAY:
            take_array(r, arrays++, &f);
            break;
        case ANSWER:
            take_answer(r, answers++, &f);
            break;
        case STOPPED:
            take_stop(r, &f, worker, file);
            break;
        case MISSING:
            r->verdict = ABSENT;
            r->stopped_in = r->of->function;
            r->what =
                shared_text("%s is not in your file", r->of->function);
            break;
        case ENDED:
            r->verdict = ENDED_EARLY;
            r->line = line_in(worker->complained.bytes, file);
            r->stopped_in = function_in(worker->complained.bytes, file);
            r->what = "ended the whole program, as exit() does, instead of "
                      "returning";
            break;
        case TOO_LONG:
            r->verdict = LATE;
            slept = (double)f.a < 50 * limit; /* ms, and seconds */
            break;
        case FAULT:
            r->verdict = CRASHED;
            r->what =
                explain_signal(r, (int)(f.b & 0xff), (int)(f.b >> 32), f.a);
            r->line = line_in(worker->complained.bytes, file);
            r->stopped_in = function_in(worker->complained.bytes, file);
            break;
        case DONE:
            done = true;
            r->left = f.a;
            break;
        }
    }

    if (!ready) { /* nothing of the student's had been loaded */
        r->verdict = OURS;
        r->what =
            shared_text("the worker did not start: %.200s",
                        worker->complained.bytes ? worker->complained.bytes
                                                 : "no process");
    } else if (r->verdict == LATE ||
               (r->verdict == NOT_RUN && ran_too_long(worker, limit))) {
        r->verdict = LATE;
        r->line = line_in(worker->complained.bytes, file);
        r->stopped_in = function_in(worker->complained.bytes, file);
        bool calls =
            r->stopped_in && strcmp(r->stopped_in, r->of->function) != 0;
        int own =
            line_of_frame(worker->complained.bytes, file, r->of->function);
        r->line = own ? own : r->line;
        r->what = shared_text(
            "was still running after the limit of %g s%s%s%s: %s", limit,
            calls ? " (in " : "", calls ? r->stopped_in : "",
            calls ? ", which it calls)" : "",
            slept ? "it sleeps and computes nothing; perhaps it waits for "
                    "itself, as for a lock that it holds already"
                  : "a loop that never ends?");
    } else if (r->verdict == NOT_RUN && broken) {
        r->verdict = NO_ANSWER;
        r->what = "sent something that is no answer";
    } else if (r->verdict == NOT_RUN && !done) {
        explain_crash(r, worker, file);
    } else if (r->verdict == NOT_RUN && answers < r->expectation_count) {
        r->verdict = NO_ANSWER;
        r->what = shared_text("stopped after answer %zu of %zu", answers,
                              r->expectation_count);
    } else if (r->verdict == NOT_RUN) {
        r->verdict = PASSED;
        for (size_t k = 0; k < r->expectation_count; k++)
            if (!r->expectations[k].right)
                r->verdict = WRONG;
        if (r->expectation_count == 0) {
            r->verdict = OURS;
            r->what = "the test expects nothing";
        }
    }
    if (worker->large && r->verdict != PASSED && r->verdict != WRONG) {
        r->verdict = CRASHED;
        r->what = "used more memory than allowed: perhaps it is asked for "
                  "in a loop and never freed";
    }
    r->printed_size = worker->printed.said;
    if (r->printed_size > 0)
        r->printed = shared_text("%.600s", worker->printed.bytes);
}

/* Equal numbers, and places that were never written in both or neither. */
static bool same_answers(const expectation *x, const expectation *y)
{
    if (!x->answered || !y->answered)
        return x->answered == y->answered;
    bool same = same_matrix(x->yours, y->yours, x->tolerance);
    for (size_t k = 0; same && k < x->yours.rows * x->yours.cols; k++)
        same = has_bits(x->yours.data[k], NEVER_WRITTEN) ==
               has_bits(y->yours.data[k], NEVER_WRITTEN);
    return same;
}

bool result_same(const result *a, const result *b)
{
    if (a->verdict != b->verdict ||
        a->expectation_count != b->expectation_count)
        return false;
    if (a->verdict != PASSED && a->verdict != WRONG &&
        (a->verdict != RULE_BROKEN || strcmp(a->what, b->what) != 0))
        return false;
    for (size_t k = 0; k < a->expectation_count; k++)
        if (!same_answers(&a->expectations[k], &b->expectations[k]))
            return false;
    return true;
}

bool result_equal(const result *a, const result *b)
{
    bool same = a->verdict == b->verdict &&
                a->expectation_count == b->expectation_count;
    for (size_t k = 0; same && k < a->expectation_count; k++) {
        const matrix x = a->expectations[k].yours;
        const matrix y = b->expectations[k].yours;
        size_t size = x.rows * x.cols * sizeof(real);
        same = a->expectations[k].answered == b->expectations[k].answered &&
               x.rows == y.rows && x.cols == y.cols &&
               (size == 0 || memcmp(x.data, y.data, size) == 0);
    }
    return same;
}

bool result_is_finite(const result *r)
{
    for (size_t k = 0; k < r->expectation_count; k++) {
        const matrix x = r->expectations[k].yours;
        for (size_t i = 0;
             r->expectations[k].answered && i < x.rows * x.cols; i++)
            if (!isfinite(x.data[i]))
                return false;
    }
    return true;
}
