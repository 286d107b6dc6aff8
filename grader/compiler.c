/* compiler.c - what the compiler and the linker say, in plain words
 *
 * gcc and clang both say PATH:LINE:COLUMN: error: WHAT, then the line of
 * the source and a caret.  Of the errors the first is often the cause of
 * the rest; here and there a warning before it is the cause of that one.
 */
#define _GNU_SOURCE
#include "compiler.h"
#include "explain.h"
#include "names.h"
#include "phrases.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- Messages
 * ---------------------------------------------------------------- */

typedef enum { NO_MESSAGE, WARNING, ERROR } kind;

typedef struct {
    kind kind;
    const char *start, *what; /* of its line; after the kind */
    size_t length;            /* of what */
    int line, column;         /* in the student's file, or 0 */
    bool elsewhere;           /* it is about a header */
} message;

/* Where  :LINE:COLUMN: KIND  begins in a line: after the path. */
static const char *place_in(const char *start, const char *end)
{
    for (const char *p = start; p < end; p++)
        if (*p == ':' && isdigit((unsigned char)p[1]))
            return p;
    return NULL;
}

static kind kind_in(const char *start, const char *end, const char **what)
{
    static const struct {
        const char *text;
        kind kind;
    } kinds[] = { { " fatal error: ", ERROR },
                  { " error: ", ERROR },
                  { " warning: ", WARNING } };
    const char *colon = place_in(start, end);
    for (size_t k = 0; colon && k < COUNT(kinds); k++) {
        const char *found = strstr(colon, kinds[k].text);
        if (found && found < end && found[-1] == ':' &&
            strspn(colon, ":0123456789") == (size_t)(found - colon)) {
            *what = found + strlen(kinds[k].text);
            return kinds[k].kind;
        }
    }
    return NO_MESSAGE;
}

/* The next message at or after *p, which moves to the line after. */
static bool next_message(const char **p, const char *file, message *m)
{
    while (**p) {
        const char *start = *p, *end = start + strcspn(start, "\n"), *what;
        *p = end + (*end == '\n');
        kind is = kind_in(start, end, &what);
        if (is == NO_MESSAGE)
            continue;
        *m =
            (message){ is, start, what, (size_t)(end - what), 0, 0, false };
        const char *colon = place_in(start, end);
        char *path = strndup(start, (size_t)(colon - start));
        m->elsewhere = !same_file(path, file);
        free(path);
        if (!m->elsewhere) {
            char *after;
            m->line = (int)strtol(colon + 1, &after, 10);
            m->column = *after == ':' ? atoi(after + 1) : 0;
        } else {
            /* the note below says where the macro was used */
            const char *q = *p, *unused;
            for (; *q && !m->line; q = q + strcspn(q, "\n") + 1) {
                const char *stop = q + strcspn(q, "\n");
                if (kind_in(q, stop, &unused) != NO_MESSAGE)
                    break;
                char *one = strndup(q, (size_t)(stop - q));
                if (strstr(one, ": note: "))
                    m->line = line_in(one, file);
                free(one);
                if (!*stop)
                    break;
            }
        }
        return true;
    }
    return false;
}

static bool says(const message *m, const char *words)
{
    const char *found = m->what ? strstr(m->what, words) : NULL;
    return found && found < m->what + m->length;
}

/* Whether it says one of several things, which have | between them. */
static bool says_one(const message *m, const char *list)
{
    for (; *list; list += strspn(list, "|")) {
        size_t length = strcspn(list, "|");
        for (size_t k = 0; k + length <= m->length; k++)
            if (!strncmp(m->what + k, list, length))
                return true;
        list += length;
    }
    return false;
}

/* --- More than the words
 * ----------------------------------------------------- */

/* The first name between quotes, gcc's 'x' or clang's, after skip. */
static const char *quoted(const message *m, const char *after)
{
    const char *end = m->what + m->length;
    const char *from = after ? strstr(m->what, after) : m->what;
    const char *open = from ? strchr(from, '\'') : NULL;
    const char *close = open ? strchr(open + 1, '\'') : NULL;
    if (!close || close >= end)
        return NULL;
    return shared_text("%.*s", (int)(close - open - 1), open + 1);
}

/* The text of line number of the file, without its end. */
static const char *text_of_line(const char *code, int number)
{
    const char *p = code;
    for (int line = 1; p && line < number; line++)
        p = (p = strchr(p, '\n')) ? p + 1 : NULL;
    return p ? shared_text("%.*s", (int)strcspn(p, "\n"), p) : "";
}

static const char *where_semicolon(const char *code, const message *m)
{
    const char *line = text_of_line(code, m->line);
    size_t indent = strspn(line, " \t");
    if (m->column > 0 && (size_t)m->column - 1 > indent)
        return "It is missing in this line, or something before it is "
               "misspelt.";
    for (int above = m->line - 1; above > 0; above--) {
        line = text_of_line(code, above);
        if (line[strspn(line, " \t\r")])
            return shared_text("Perhaps it is missing at the end of line "
                               "%d.",
                               above);
    }
    return "";
}

/* Types that differ by one * only: which of & and * is wanted in front. */
static const char *level(const message *m)
{
    if (says(m, "take the address"))
        return "It wants a pointer: put & in front.";
    if (says(m, "dereference with"))
        return "It wants the thing itself, not a pointer to it: put * in "
               "front.";
    const char *note = strstr(m->what, "note: expected '");
    const char *next = strstr(m->what, "\n");
    char want[100], have[100];
    if (note && next &&
        sscanf(note,
               "note: expected '%99[^']' but argument is of type '%99[^']'",
               want, have) == 2) {
        if (!strcmp(want, shared_text("%s *", have)))
            return "It wants a pointer: put & in front.";
        if (!strcmp(have, shared_text("%s *", want)))
            return "It wants the thing itself, not a pointer to it: put * "
                   "in front.";
    }
    return "Are all arguments there, in the contract's order?";
}

/* A line that went on because it has no semicolon: the next one begins with
 * a bracket, as at(a, i, j) does once the macro is put in. */
static const char *went_on(const char *code, const message *m)
{
    for (int above = m->line > 2 ? m->line - 2 : 1; above <= m->line;
         above++) {
        const char *line = text_of_line(code, above), *next = "";
        size_t end = strlen(line);
        int below = above;
        while (end > 0 && isspace((unsigned char)line[end - 1]))
            end--;
        while (below < above + 4 && !next[strspn(next, " \t\r")])
            next = text_of_line(code, ++below);
        next += strspn(next, " \t");
        if (end > 0 &&
            (isalnum((unsigned char)line[end - 1]) ||
             line[end - 1] == ')') &&
            strncmp(line + strspn(line, " \t"), "for", 3) != 0 &&
            strncmp(line + strspn(line, " \t"), "if", 2) != 0 &&
            strncmp(line + strspn(line, " \t"), "while", 5) != 0 &&
            (!strncmp(next, "at(", 3) || *next == '('))
            return shared_text("Line %d was read as going on in line %d: "
                               "perhaps a semicolon is missing at its end.",
                               above, below);
    }
    return "";
}

/* A loop whose heading ends with a semicolon, just above a name that it
 * declares; a brace may follow. */
static const char *empty_loop(const char *code, const message *m,
                              const char *name)
{
    for (int above = m->line; above > 0 && above > m->line - 3; above--) {
        const char *line = text_of_line(code, above);
        const char *loop = strstr(line, "for (");
        const char *declares =
            loop ? strstr(loop, shared_text(" %s ", name)) : NULL;
        size_t end = strlen(line);
        while (end > 0 && (isspace((unsigned char)line[end - 1]) ||
                           line[end - 1] == '{'))
            end--;
        if (declares && end > 1 && !strncmp(line + end - 2, ");", 2))
            return shared_text("The heading of the loop in line %d ends "
                               "with a semicolon, so the loop is empty and "
                               "%s ends with it.  Take that semicolon "
                               "away.",
                               above, name);
    }
    return NULL;
}

static const char *perhaps(const message *m, const char *code,
                           const char *file, const char *chapter)
{
    const char *name = quoted(m, NULL), *meant = quoted(m, "did you mean");
    const char *header = name ? header_of(name) : NULL;
    if (name && !strcmp(name, "abs"))
        return "abs() is for whole numbers; for real ones it is fabs(), of "
               "<math.h>.";
    if (header)
        return shared_text("%s is declared in %s: write #include %s at the "
                           "top.",
                           name, header, header);
    const char *loop = name ? empty_loop(code, m, name) : NULL;
    if (loop)
        return loop;
    if (name && strlen(name) == 1)
        return shared_text("If %s is a letter of the equation: in C it has "
                           "another name, which the function's arguments "
                           "show.",
                           name);
    if (!meant && name)
        meant = nearest_name(name, file, chapter);
    if (meant)
        return shared_text("Perhaps %s is meant.", meant);
    return says(m, "declaration of function") || says(m, "call to")
               ? "Is it spelled as where it is defined, and defined above?"
               : "Is it spelled as where it is declared?";
}

static const char *from_source(const char *code, const message *m)
{
    const char *line = text_of_line(code, m->line);
    const char *there = m->column > 0 && (size_t)m->column <= strlen(line)
                            ? line + m->column - 1
                            : "";
    if (says(m, "expected expression")) {
        if (!strncmp(there, "else", 4))
            return "This else has no if: between if and else stands one "
                   "statement, or several in braces.";
        if (*there == '}')
            return "Perhaps a semicolon or a value is missing before the "
                   "brace.";
        return "";
    }
    if (says(m, "invalid operands"))
        return says(m, "^") || *there == '^'
                   ? "^ works on the bits of whole numbers and is no "
                     "power: x squared is x * x."
                   : "Is one of them a whole matrix or structure where one "
                     "of its numbers is meant?";
    if (says(m, "called object")) {
        const char *name =
            says(m, "called object '") ? quoted(m, NULL) : NULL;
        const char *line_above = went_on(code, m);
        if (*line_above)
            return line_above;
        return name
                   ? shared_text("If %s is a matrix, its element is "
                                 "at(%s, i, j).",
                                 name, name)
                   : "Perhaps an operator or a semicolon is missing before "
                     "the bracket.";
    }
    if (says(m, "conflicting types"))
        return *line && !isspace((unsigned char)*line)
                   ? "If the header declares it, its contract must stay as "
                     "it is."
                   : "To give a variable a new value, leave the type out.";
    return "";
}

/* Everything that is said about a message in plain words, or NULL. */
static const char *words_for(const message *m, const char *code,
                             const char *file, const char *chapter)
{
    for (const phrase *one = phrases; one->words; one++) {
        if (!says_one(m, one->messages))
            continue;
        const char *also = "";
        switch (one->more) {
        case NOTHING:
            break;
        case NEAREST:
            also = perhaps(m, code, file, chapter);
            break;
        case SEMICOLON:
            also = where_semicolon(code, m);
            break;
        case LEVEL:
            also = level(m);
            break;
        case SOURCE:
            also = from_source(code, m);
            break;
        }
        if (!strncmp(also, "This else", 9))
            return also;
        return shared_text("%s%s%s", one->words, *also ? "  " : "", also);
    }
    return NULL;
}

/* --- Printing
 * --------------------------------------------------------------- */

static void print_line(size_t indent, const char *text, size_t length)
{
    printf("%*s", (int)indent, "");
    for (size_t k = 0; k < length && indent + k < 78; k++)
        putchar(isprint((unsigned char)text[k]) ? text[k] : ' ');
    putchar('\n');
}

/* Text without folders: where the grader lies is nobody's business. */
static const char *without_paths(const char *text, size_t length)
{
    char *copy = strndup(text, length), *to = copy;
    for (char *p = copy; *p;) {
        size_t word = strcspn(p, " '`\"(,;");
        char *end = p + word, *from = p;
        for (char *q = p; q + 1 < end; q++)
            if (*q == '/' && isalnum((unsigned char)q[1]))
                from = q + 1;
        size_t rest = (size_t)(end - from) + (*end != '\0');
        memmove(to, from, rest);
        to += rest;
        p = end + (*end != '\0');
    }
    *to = '\0';
    for (char *p = copy; *p; p++)
        if (!isprint((unsigned char)*p))
            *p = ' ';
    const char *shared = shared_text("%s", copy);
    free(copy);
    return shared;
}

/* Whether a line is the start of a message or of a note to one. */
static bool is_message(const char *start, const char *end)
{
    const char *what, *note = strstr(start, ": note: ");
    return kind_in(start, end, &what) != NO_MESSAGE ||
           (note && note < end) ||
           (end > start && end[-1] == ':' &&
            memchr(start, '/', end - start));
}

/* One message: where, what, the line of the source, and plain words. */
static void print_message(const message *m, const char *code,
                          const char *file, const char *chapter,
                          amount how_much)
{
    const char *what = without_paths(m->what, m->length);
    print_wrapped(2, m->line ? shared_text("line %d: %s", m->line, what)
                             : what);
    if (how_much == BRIEF)
        return;
    /* gcc and clang print the line of the source and a caret below */
    const char *next = m->what + m->length;
    for (int k = 0; k < 2 && *next && !m->elsewhere; k++) {
        next++;
        size_t width = strcspn(next, "\n");
        const char *bar = memchr(next, '|', width);
        if (bar && strspn(next, " 0123456789") != (size_t)(bar - next))
            bar = NULL; /* it is part of the code */
        const char *shown = bar ? bar + 1 : next;
        size_t length = (size_t)(next + width - shown);
        if (k == 1 && strspn(shown, " ~^") < length)
            length = 0; /* there is no caret, as within some macros */
        if (is_message(next, next + width) || length == 0)
            break;
        print_line(4, shown, length);
        next += width;
    }
    const char *words = words_for(m, code, file, chapter);
    if (words)
        print_wrapped(4, words);
}

/* --- The linker
 * ------------------------------------------------------------- */

/* The name that a line of the linker's gives after words, in its quotes. */
static const char *named(const char *messages, const char *words)
{
    const char *found = strstr(messages, words);
    char name[100];
    return found && sscanf(found + strlen(words),
                           "%*[ `'\":]%99[A-Za-z0-9_]", name) == 1
               ? shared_text("%s", name)
               : NULL;
}

/* Whether the linker, or the assembler, said something that is known. */
static bool explain_linker(const char *messages, const char *file)
{
    static const char *const twice[] = { "multiple definition of",
                                         "duplicate symbol" };
    static const char *const nowhere[] = { "undefined reference to",
                                           "undefined symbol" };
    const char *name = NULL, *end;
    for (size_t k = 0; k < COUNT(twice) && !name; k++)
        name = named(messages, twice[k]);
    if (!name && (end = strstr(messages, "' is already defined"))) {
        const char *start = end;
        while (start > messages && !strchr("`'\n", start[-1]))
            start--;
        name = shared_text("%.*s", (int)(end - start), start);
    }
    const char *missing = NULL;
    for (size_t k = 0; k < COUNT(nowhere) && !missing && !name; k++)
        missing = named(messages, nowhere[k]);
    if (!name && !missing)
        return false;
    int line = line_of_name(file, name ? name : missing);
    const char *where = line ? shared_text(", line %d,", line) : "";
    print_wrapped(
        2, name ? shared_text("%s%s is defined twice: delete one of the "
                              "two.",
                              name, where)
                : shared_text("Your file uses %s%s which is defined "
                              "neither there nor in the headers' code.",
                              missing, where));
    return true;
}

/* --- All of it
 * -------------------------------------------------------------- */

/* A warning before the first error that is its cause. */
static bool is_cause(const message *m)
{
    static const char *const causes[] = { "within comment",
                                          "nested functions",
                                          "within block comment",
                                          "missing terminating" };
    for (size_t k = 0; k < COUNT(causes); k++)
        if (says(m, causes[k]))
            return true;
    return false;
}

void explain_errors(const char *messages, const char *file,
                    const char *chapter, amount how_much)
{
    const char *p = messages;
    char *code = code_of(file);
    message m, first = { 0 };
    size_t errors = 0;

    while (next_message(&p, file, &m)) {
        errors += m.kind == ERROR;
        if (first.kind == NO_MESSAGE && (m.kind == ERROR || is_cause(&m)))
            first = m;
        else if (says(&first, "unterminated argument") && errors == 2 &&
                 m.kind == ERROR && m.line < first.line)
            first.line = m.line; /* where it begins, not the file's end */
        else if (says(&first, "type for argument") &&
                 m.line == first.line && says(&m, "arguments to function"))
            first = m; /* one left out, and all behind it do not fit */
    }
    if (errors > 0 && first.kind != NO_MESSAGE) {
        print_message(&first, code, file, chapter, how_much);
        bool itself = first.kind == ERROR;
        size_t others = errors - itself;
        if (others > 0 && how_much == FULL)
            for (p = messages; next_message(&p, file, &m);) {
                if (m.kind != ERROR || m.start == first.start)
                    continue;
                printf("\n");
                print_message(&m, code, file, chapter, how_much);
            }
        else if (others > 0 && how_much == NORMAL)
            printf("  (%zu more, which FULL=1 shows; the first is often "
                   "the cause of the rest)\n",
                   others);
    } else if (!explain_linker(messages, file)) {
        /* nothing that is known: its own words */
        for (int k = 0; k < 6 && *messages; k++) {
            size_t length = strcspn(messages, "\n");
            const char *line = without_paths(messages, length);
            print_line(2, line, strlen(line));
            messages += length + (messages[length] == '\n');
            if (how_much == BRIEF)
                break;
        }
    }
    free(code);
}

/* What is likelier to be the cause of a wrong result. */
static bool is_urgent(const message *m)
{
    return says_one(m, "control reaches end|does not return a value");
}

void explain_warnings(const char *messages, const char *file,
                      const char *chapter, amount how_much)
{
    const size_t most = how_much == BRIEF ? 1 : how_much == FULL ? 1000 : 3;
    size_t count = 0, shown = 0;
    char *code = code_of(file);

    for (int urgent = 1; urgent >= 0; urgent--) {
        const char *p = messages;
        int line = -1;
        message m;
        while (next_message(&p, file, &m)) {
            if (m.kind != WARNING || (m.line == line && line > 0))
                continue; /* of one line, the first says it */
            if (is_urgent(&m) != urgent)
                continue;
            line = m.line;
            if (count++ == 0)
                printf("The compiler warns:\n");
            if (shown < most) {
                print_message(&m, code, file, chapter, how_much);
                shown++;
            }
        }
    }
    if (count > shown)
        printf("  (%zu more%s)\n", count - shown,
               how_much == NORMAL ? ", which FULL=1 shows" : "");
    if (count > 0)
        printf("\n");
    free(code);
}
