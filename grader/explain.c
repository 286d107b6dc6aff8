#define _DEFAULT_SOURCE
#include "explain.h"
#include "report.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool same_file(const char *a, const char *b)
{
    return !strcmp(base_name(a), base_name(b));
}

int line_in(const char *text, const char *file)
{
    const char *name = base_name(file);
    size_t length = strlen(name);
    for (const char *p = text; p && (p = strstr(p, name)); p += length)
        if ((p == text || !isalnum((unsigned char)p[-1])) &&
            p[length] == ':' && isdigit((unsigned char)p[length + 1]))
            return atoi(p + length + 1);
    return 0;
}

/* --- Crashes
 * --------------------------------------------------------------- */

int line_of_frame(const char *text, const char *file, const char *function)
{
    char frame[120];
    snprintf(frame, sizeof frame, " in %s ", function);
    const char *found = text ? strstr(text, frame) : NULL;
    return found ? line_in(found, file) : 0;
}

const char *function_in(const char *text, const char *file)
{
    const char *name = base_name(file);
    char function[100];
    for (const char *p = text; p && (p = strstr(p, " in ")); p++) {
        size_t length = strcspn(p, "\n");
        const char *found = strstr(p, name);
        if (found && found < p + length &&
            sscanf(p, " in %99[A-Za-z0-9_]", function) == 1)
            return shared_text("%s", function);
    }
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

const char *explain_fault(const result *r, uint64_t address)
{
    const array *a = near(r, address);
    if (address < 4096)
        return "used a null pointer";
    if (!a)
        return "read or wrote memory that is not its own";
    if (address >= a->address + a->bytes)
        return shared_text("went past the end of %s: there is no element "
                           "%zu in its %zu x %zu",
                           a->name,
                           (size_t)(address - a->address) / sizeof(real),
                           a->value.rows, a->value.cols);
    if (address < a->address)
        return shared_text("went before the start of %s", a->name);
    return shared_text("wrote to %s, which is an input and must stay as it "
                       "is",
                       a->name);
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

    if ((found = strstr(text, "undefined symbol: "))) {
        char name[100] = "";
        sscanf(found, "undefined symbol: %99[A-Za-z0-9_]", name);
        r->verdict = ABSENT;
        r->what = shared_text("Your file uses %s, which is defined neither "
                              "there nor in the headers' code.",
                              name);
        return;
    }
    if ((found = strstr(text, "runtime error: "))) {
        found += strlen("runtime error: ");
        r->what = shared_text("undefined behaviour: %.*s",
                              (int)strcspn(found, "\n"), found);
        if (strstr(r->what, "null pointer"))
            r->what = "used a null pointer";
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
    else if ((found = strstr(text, "SEGV on unknown address "))) {
        found += strlen("SEGV on unknown address ");
        r->what = explain_fault(r, strtoull(found, NULL, 16));
        if (strstr(text, " in free ") || strstr(text, "interceptor_free"))
            r->what = "freed memory that was never allocated";
    } else if (strstr(text, "FPE on unknown address") ||
               worker->signal_number == 8)
        r->what = "divided a whole number by zero";
    else if (strstr(text, "ABRT") || worker->signal_number == 6)
        r->what = "called abort()";
    else if (!worker->exited)
        r->what = shared_text("was ended by the system (%s)",
                              strsignal(worker->signal_number));
    else {
        r->verdict = ENDED_EARLY;
        r->what = "ended the whole program instead of returning";
    }
}
