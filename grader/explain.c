#define _GNU_SOURCE
#include "explain.h"
#include "names.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The tests and the reference of a chapter have the name of the student's
 * file, and their lines are not to be taken for the student's. */
static bool is_ours(const char *path)
{
    return !strncmp(path, "grader/", 7) || !strncmp(path, "solutions/", 10);
}

bool same_file(const char *path, const char *file)
{
    return !strcmp(path, file) ||
           (!strcmp(base_name(path), base_name(file)) && !is_ours(path));
}

/* Where a text first names the file: at what follows its path, or NULL. */
static const char *path_in(const char *text, const char *file)
{
    const char *name = base_name(file);
    size_t length = strlen(name);
    for (const char *p = text; p && (p = strstr(p, name)); p += length) {
        const char *start = p;
        while (start > text && !strchr(" \n('\"", start[-1]))
            start--;
        char *path = strndup(start, (size_t)(p - start) + length);
        bool same = path && same_file(path, file);
        free(path);
        if (same)
            return p + length;
    }
    return NULL;
}

int line_in(const char *text, const char *file)
{
    const char *after = path_in(text, file);
    return after && after[0] == ':' ? atoi(after + 1) : 0;
}

/* --- Crashes
 * --------------------------------------------------------------- */

/* The frame of a stack trace that starts at p, as a text of its own. */
static const char *frame_at(const char *p)
{
    return shared_text("%.*s", (int)strcspn(p, "\n"), p);
}

int line_of_frame(const char *text, const char *file, const char *function)
{
    char frame[120];
    snprintf(frame, sizeof frame, " in %s ", function);
    const char *found = text ? strstr(text, frame) : NULL;
    return found ? line_in(frame_at(found), file) : 0;
}

const char *function_in(const char *text, const char *file)
{
    char function[100];
    for (const char *p = text; p && (p = strstr(p, " in ")); p++)
        if (sscanf(p, " in %99[A-Za-z0-9_]", function) == 1 &&
            path_in(frame_at(p), file))
            return shared_text("%s", function);
    return NULL;
}

/* The array that address lies in, or within a page of. */
static const array *near(const result *r, uint64_t address)
{
    enum { PAGE = 4096 };
    for (size_t k = 0; k < r->array_count; k++) {
        const array *a = &r->arrays[k];
        if (a->address && address + PAGE >= a->address &&
            address < a->address + a->bytes + PAGE)
            return a;
    }
    return NULL;
}

/* Pointers without a value hold this in every byte: gcc's and clang's
 * -ftrivial-auto-var-init=pattern. */
static bool never_set(uint64_t address)
{
    return address >> 32 == 0xfefefefe || address >> 32 == 0xaaaaaaaa;
}

const char *explain_fault(const result *r, uint64_t address, reach how)
{
    static const char *const verbs[] = { "read or wrote", "read", "wrote" };
    const array *a = near(r, address);
    if (never_set(address))
        return "used a pointer that was never given a value";
    if (address < 4096)
        return "used a null pointer";
    if (!a)
        return shared_text(
            "%s memory that is not its own: perhaps an index "
            "is far too large, or a pointer was never given "
            "a value",
            verbs[how]);
    if (address >= a->address + a->bytes) {
        size_t k = (size_t)(address - a->address) / sizeof(real);
        return a->value.cols == 1
                   ? shared_text(
                         "%s past the end of %s: there is no element "
                         "%zu in a vector of %zu (the first is "
                         "number 0)",
                         verbs[how], a->name, k, a->value.rows)
                   : shared_text(
                         "%s past the end of %s: there is no number "
                         "%zu in its %zu x %zu (the first is "
                         "number 0)",
                         verbs[how], a->name, k, a->value.rows,
                         a->value.cols);
    }
    if (address < a->address)
        return shared_text("%s before the start of %s", verbs[how],
                           a->name);
    return shared_text("wrote to %s, which is an input and must stay as it "
                       "is",
                       a->name);
}

const char *explain_signal(const result *r, int number, int code,
                           uint64_t address)
{
    if (number == SIGFPE && code == FPE_INTDIV)
        return "divided a whole number by zero";
    if (number == SIGFPE && code > 0)
        return "was stopped by a trap of real arithmetic: a division by "
               "zero, an overflow or a result that is no number, with "
               "traps switched on (feenableexcept)";
    if (number == SIGFPE)
        return "was ended by the signal SIGFPE, which something sent";
#ifdef SI_KERNEL
    if (code == SI_KERNEL) /* no address is known */
        return "used a pointer that points nowhere: perhaps it was never "
               "given a value";
#endif
    return explain_fault(r, address, ACCESS);
}

static const char *explain_overflow(const char *report, const char *where)
{
    size_t past = 0, block = 0, size = 0;
    const char *access = strstr(report, "READ of size");
    const char *place_of = strstr(report, " is located ");
    bool reads = access != NULL;

    if (!access)
        access = strstr(report, "WRITE of size");
    if (access)
        sscanf(access, "%*s of size %zu", &size);
    if (place_of) {
        sscanf(place_of, " is located %zu", &past);
        const char *region = strstr(place_of, "-byte region");
        while (region && region > place_of && isdigit(region[-1]))
            region--;
        block = region ? strtoul(region, NULL, 10) : 0;
    }
    if (block > 0 && size == sizeof(real))
        return shared_text("%s element %zu of %s that has %zu (the first "
                           "is number 0)",
                           reads ? "read" : "wrote",
                           (block + past) / sizeof(real), where,
                           block / sizeof(real));
    return shared_text("%s outside of %s", reads ? "read" : "wrote", where);
}

/* What the sanitizer of undefined behaviour says, after "runtime error: ".
 */
static const char *explain_undefined(const char *said)
{
    static const struct {
        const char *part, *words;
    } kinds[] = {
        { "division by zero", "divided a whole number by zero" },
        { "null pointer", "used a null pointer" },
        { "cannot be represented", NULL }, /* its own, below */
        { "out of bounds", NULL },
        { "misaligned address", NULL },
        { "insufficient space", "used memory outside of an array or a "
                                "structure" },
        { "not a valid value for type",
          "read a truth value that is neither true nor false: perhaps it "
          "was never set" },
        { "shift", "shifted a whole number by too many bits, or one below "
                   "zero" },
        { "variable length array", "made an array of no elements, or of "
                                   "fewer" },
        { "overflowed",
          "computed an address outside of all memory: perhaps "
          "an index went below 0" },
    };
    const char *words = NULL, *found;
    size_t length = strcspn(said, "\n");
    said = shared_text("%.*s", (int)length, said);
    for (size_t k = 0; k < COUNT(kinds) && !words; k++)
        if (strstr(said, kinds[k].part))
            words = kinds[k].words;
    if (words)
        return words;
    if ((found = strstr(said, "signed integer overflow: "))) {
        found += strlen("signed integer overflow: ");
        const char *end = strstr(found, " cannot be represented");
        if (end)
            return shared_text("computed %.*s with whole numbers, and the "
                               "result does not fit into one",
                               (int)(end - found), found);
    }
    long index;
    if (sscanf(said, "index %ld out of bounds", &index) == 1 &&
        (found = strchr(said, '[')))
        return shared_text("used element %ld of an array that has %d (the "
                           "first is number 0)",
                           index, atoi(found + 1));
    if ((found = strstr(said, "misaligned address ")))
        return never_set(strtoull(found + 19, NULL, 16))
                   ? "used a pointer that was never given a value"
                   : "used a pointer that points between two numbers: "
                     "perhaps it was never given a value";
    return shared_text("undefined behaviour: %s", said);
}

void explain_crash(result *r, const process *worker, const char *file)
{
    static const struct {
        const char *report, *words;
    } kinds[] = {
        { "heap-use-after-free", "used memory after it was freed" },
        { "double-free", "freed the same memory twice" },
        { "bad-free", "freed memory that was never allocated" },
        { "stack-overflow", "called itself too often and ran out of stack: "
                            "does the recursion end?" },
        { "stack-use-after-scope", "used a local variable after its block "
                                   "had ended" },
        { "stack-use-after-return", "used a local variable of a function "
                                    "that had returned" },
        { "allocation-size-too-big",
          "asked for an absurd amount of memory" },
        { "calloc-overflow", "asked for an absurd amount of memory" },
        { "out-of-memory", "used more memory than there is" },
        { "negative-size-param", "passed a negative size" },
        { "memcpy-param-overlap", "copied memory onto itself" },
    };
    const char *text =
        worker->complained.bytes ? worker->complained.bytes : "";
    const char *found;

    r->verdict = CRASHED;
    r->line = line_in(text, file);
    r->stopped_in = function_in(text, file);
    if (r->stopped_in && strcmp(r->stopped_in, r->of->function) != 0)
        r->called_in = line_of_frame(text, file, r->of->function);

    if ((found = strstr(text, "undefined symbol: "))) {
        char name[100] = "";
        sscanf(found, "undefined symbol: %99[A-Za-z0-9_]", name);
        r->verdict = ABSENT;
        r->stopped_in = shared_text("%s", name);
        r->line = line_of_name(file, name);
        r->what = shared_text(
            "Your file uses %s%s, which is defined "
            "neither there nor in the headers' code.",
            name, r->line ? shared_text(" in line %d", r->line) : "");
        return;
    }
    if ((found = strstr(text, "runtime error: "))) {
        r->what = explain_undefined(found + strlen("runtime error: "));
        return;
    }
    for (size_t k = 0; k < COUNT(kinds); k++)
        if (strstr(text, kinds[k].report)) {
            r->what = kinds[k].words;
            return;
        }
    if (strstr(text, "heap-buffer-overflow"))
        r->what = explain_overflow(text, "a block of memory");
    else if (strstr(text, "stack-buffer-overflow") ||
             strstr(text, "stack-buffer-underflow") ||
             strstr(text, "dynamic-stack-buffer-overflow"))
        r->what = explain_overflow(text, "a local array");
    else if (strstr(text, "global-buffer-overflow"))
        r->what = explain_overflow(text, "a global array");
    else if ((found = strstr(text, "SEGV on unknown address"))) {
        found += strlen("SEGV on unknown address");
        if (strstr(text, "high value address"))
            r->what = "used a pointer that points nowhere: perhaps it was "
                      "never given a value";
        else
            r->what = explain_fault(
                r, strtoull(found, NULL, 16),
                strstr(found, "caused by a READ")    ? READS
                : strstr(found, "caused by a WRITE") ? WRITES
                                                     : ACCESS);
        if (strstr(text, " in free ") || strstr(text, "interceptor_free"))
            r->what = "freed memory that was never allocated";
    } else if ((found = strstr(text, "Assertion `")) &&
               strstr(found, "' failed")) {
        found += strlen("Assertion `");
        r->what =
            shared_text("stopped at an assertion that does not hold: %.*s",
                        (int)(strstr(found, "' failed") - found), found);
    } else if (strstr(text, "ABRT") || worker->signal_number == SIGABRT)
        r->what = "called abort()";
    else if (!worker->exited)
        r->what = shared_text("was ended by the system (%s)",
                              strsignal(worker->signal_number));
    else {
        r->verdict = ENDED_EARLY;
        r->what = "ended the whole program instead of returning";
    }
}
