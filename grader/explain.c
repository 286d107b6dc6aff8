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

/* --- The compiler
 * ----------------------------------------------------------- */

/* In messages of gcc and clang; the first that fits is used. */
static const struct {
    const char *message, *words;
} compiler_words[] = {
    { "expected ';'", "A statement ends with a semicolon.  It is missing "
                      "here, or at the end of the line before." },
    { "expected declaration or statement at end of input",
      "The file ends inside a function: a closing brace } is missing." },
    { "expected '}'", "A closing brace } is missing." },
    { "expected identifier or '('", "There is code outside every function: "
                                    "one brace } too many above?" },
    { "extraneous closing brace", "One closing brace } too many." },
    { "expected ')'", "A closing bracket ) is missing." },
    { "unterminated", "A quote or a comment is opened and never closed." },
    { "missing terminating", "A quote is opened and never closed." },
    { "stray",
      "A character that is no C: a typographic quote or a no-break "
      "space, perhaps copied from a page?" },
    { "undeclared", "Nothing of this name exists here.  Is it spelled as "
                    "where it was declared, and declared above?" },
    { "implicit declaration of function",
      "No function of this name is declared: a spelling mistake, or a "
      "missing #include at the top." },
    { "call to undeclared", "No function of this name is declared: a "
                            "spelling mistake, or a missing #include." },
    { "has no member named", "The structure has no field of this name; the "
                             "header lists those it has." },
    { "no member named", "The structure has no field of this name; the "
                         "header lists those it has." },
    { "is a pointer; did you mean to use '->'",
      "It is a pointer to a structure: write p->field, not p.field." },
    { "invalid type argument of '->'",
      "It is a structure, not a pointer: write s.field, not s->field." },
    { "is not a pointer; did you mean to use '.'",
      "It is a structure, not a pointer: write s.field, not s->field." },
    { "invalid type argument of unary '*'",
      "A * in front reads what a pointer points to; this is no pointer." },
    { "indirection requires pointer",
      "A * in front reads what a pointer points to; this is no pointer." },
    { "subscripted value", "Only arrays and pointers have [i]; element "
                           "(i, j) of a matrix is at(a, i, j)." },
    { "too few arguments",
      "The function wants more arguments: its contract "
      "in the header shows them." },
    { "too many arguments", "The function wants fewer arguments: its "
                            "contract in the header shows them." },
    { "incompatible type for argument",
      "This argument has another type than the contract in the header." },
    { "passing '",
      "This argument has another type than the contract in the "
      "header." },
    { "incompatible types when assigning",
      "The two sides of = have different types." },
    { "invalid operands to binary",
      "These two things cannot be combined: is one of them a whole matrix "
      "or structure where one of its numbers is meant?" },
    { "invalid operands to", "These two things cannot be combined: is one "
                             "a whole matrix where a number is meant?" },
    { "lvalue required",
      "What stands left of = cannot be assigned to.  Was "
      "== meant?" },
    { "is not assignable", "What stands left of = cannot be assigned to." },
    { "assignment of read-only", "This is const: it may be read, not "
                                 "changed." },
    { "conflicting types", "The header declares this function with other "
                           "types; the contract must stay as it is." },
    { "redefinition of", "This is defined twice; delete one of the two." },
    { "redeclaration of", "This variable is declared twice in one block." },
    { "unknown type name", "No type of this name is known: a spelling "
                           "mistake, or a missing #include." },
    { "No such file", "The file to be included was not found." },
    { "file not found", "The file to be included was not found." },
    { "used uninitialized", "The variable is read before anything was "
                            "written to it." },
    { "is uninitialized",
      "The variable is read before anything was written "
      "to it." },
    { "control reaches end of non-void",
      "One way through the function ends "
      "without a return." },
    { "does not return a value",
      "One way through the function ends without "
      "a return." },
    { "return' with no value", "The function promises a number, and this "
                               "return gives none." },
    { "return' with a value", "The function is void: it returns nothing." },
    { "unused variable", "The variable is never used: a spelling mistake "
                         "elsewhere?" },
    { "using integer absolute value", "abs() is for whole numbers; fabs() "
                                      "is for real ones." },
    { "suggest parentheses around assignment",
      "= assigns; to compare, write ==." },
    { "using the result of an assignment", "= assigns; to compare, write "
                                           "==." },
    { "comparison of integer expressions of different signedness",
      "One side can be negative and the other cannot: count with size_t." },
    { "always true", "An unsigned number is never below 0: count down with "
                     "for (size_t i = n; i-- > 0;)." },
    { "argument to 'sizeof'",
      "sizeof a pointer is the size of the pointer, "
      "not of what it points to." },
    { "break statement not within",
      "This break stands outside of a loop." },
    { "invalid storage class for function",
      "A function starts inside another one: a closing brace } is missing "
      "above." },
    { "function definition is not allowed here",
      "A function starts inside another one: a closing brace } is missing "
      "above." },
    { "nested function",
      "A function starts inside another one: a brace } is "
      "missing above." },
};

/* gcc and clang quote names in the style of the locale; plain quotes only,
 * since the compiler runs in the locale C. */
static const char *words_for(const char *message, size_t length)
{
    char line[400];
    snprintf(line, sizeof line, "%.*s", (int)length, message);
    for (size_t k = 0; k < COUNT(compiler_words); k++)
        if (strstr(line, compiler_words[k].message))
            return compiler_words[k].words;
    return NULL;
}

static void print_line(size_t indent, const char *text, size_t length)
{
    printf("%*s", (int)indent, "");
    for (size_t k = 0; k < length && indent + k < 78; k++)
        putchar(isprint((unsigned char)text[k]) ? text[k] : ' ');
    putchar('\n');
}

/* One message: where, what, the line of the source, and plain words. */
static void print_message(const char *at_line, const char *kind,
                          const char *file)
{
    const char *colon = strstr(at_line, kind);
    const char *what = colon + strlen(kind);
    size_t length = strcspn(what, "\n");
    int line = line_in(at_line, file);
    const char *words = words_for(what, length);

    char text[400];
    size_t used = 0;
    if (line > 0 && strstr(at_line, base_name(file)) < colon)
        used = (size_t)snprintf(text, sizeof text, "line %d: ", line);
    for (size_t k = 0; k < length && used + 1 < sizeof text; k++)
        text[used++] = isprint((unsigned char)what[k]) ? what[k] : ' ';
    text[used] = '\0';
    print_wrapped(2, text);

    /* gcc and clang print the line of the source and a caret below */
    const char *next = what + length;
    for (int k = 0; k < 2 && *next; k++) {
        next++;
        size_t width = strcspn(next, "\n");
        const char *bar = memchr(next, '|', width);
        const char *shown = bar ? bar + 1 : next;
        if (bar || k > 0 || isspace((unsigned char)*next))
            print_line(4, shown, (size_t)(next + width - shown));
        else
            break;
        next += width;
    }
    if (words)
        print_wrapped(4, words);
}

/* The start of the line that p is in. */
static const char *line_start(const char *text, const char *p)
{
    while (p > text && p[-1] != '\n')
        p--;
    return p;
}

static size_t count_of(const char *messages, const char *kind)
{
    size_t count = 0;
    for (const char *p = messages; (p = strstr(p, kind)); p++)
        count++;
    return count;
}

void explain_errors(const char *messages, const char *file)
{
    const char *kind =
        strstr(messages, " fatal error: ") ? " fatal error: " : " error: ";
    const char *first = strstr(messages, kind);
    if (strstr(messages, " error: ") &&
        (!first || strstr(messages, " error: ") < first)) {
        kind = " error: ";
        first = strstr(messages, kind);
    }
    if (!first || strstr(messages, "collect2: error") == first - 9) {
        /* the linker does not speak as compilers do */
        for (int k = 0; k < 6 && *messages; k++) {
            size_t length = strcspn(messages, "\n");
            print_line(2, messages, length);
            messages += length + (messages[length] == '\n');
        }
        return;
    }
    print_message(line_start(messages, first), kind, file);
    size_t more = count_of(messages, " error: ") - 1;
    if (strcmp(kind, " error: ") == 0 && more > 0)
        printf("  (%zu more; the first is often the cause of the rest)\n",
               more);
}

void explain_warnings(const char *messages, const char *file)
{
    enum { SHOWN = 3 };
    size_t count = count_of(messages, " warning: ");
    if (count == 0)
        return;
    printf("The compiler warns:\n");
    const char *p = messages;
    for (size_t k = 0; k < count && k < SHOWN; k++) {
        p = strstr(p, " warning: ");
        print_message(line_start(messages, p), " warning: ", file);
        p++;
    }
    if (count > SHOWN)
        printf("  (%zu more)\n", count - SHOWN);
    printf("\n");
}
