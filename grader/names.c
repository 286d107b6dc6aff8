#define _GNU_SOURCE
#include "names.h"
#include "judge.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64, LARGEST = 1 << 18 };

/* --- Reading
 * ------------------------------------------------------------------ */

static void blank(char *p)
{
    if (*p != '\n')
        *p = ' ';
}

char *code_of(const char *path)
{
    FILE *in = fopen(path, "r");
    char *text = in ? calloc(LARGEST + 2, 1) : NULL;
    size_t size = text ? fread(text, 1, LARGEST, in) : 0;
    if (in)
        fclose(in);
    for (char *p = text; p && p < text + size && *p; p++) {
        if (p[0] == '/' && p[1] == '/') {
            for (; *p && *p != '\n'; p++)
                blank(p);
        } else if (p[0] == '/' && p[1] == '*') {
            for (; *p && !(p[0] == '*' && p[1] == '/'); p++)
                blank(p);
            if (*p)
                *p = p[1] = ' ';
        } else if (*p == '"' || *p == '\'') {
            char quote = *p;
            for (p++; *p && *p != quote && *p != '\n'; p++) {
                if (*p == '\\' && p[1] && p[1] != '\n')
                    blank(p++);
                blank(p);
            }
        }
    }
    return text;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The next word at or after *p, which moves behind it; false at the end. */
static bool next_word(const char **p, char word[LONGEST])
{
    while (**p) {
        while (**p && !in_word(**p))
            ++*p;
        size_t length = 0;
        while (in_word((*p)[length]))
            length++;
        const char *start = *p;
        *p += length;
        if (length > 0 && length < LONGEST &&
            !isdigit((unsigned char)*start)) {
            memcpy(word, start, length);
            word[length] = '\0';
            return true;
        }
    }
    return false;
}

static int line_at(const char *text, const char *p)
{
    int line = 1;
    for (; text < p; text++)
        line += *text == '\n';
    return line;
}

/* --- Names that are alike
 * ---------------------------------------------------------- */

/* Letters to insert, leave out, change, or swap with their neighbour. */
static size_t slips(const char *a, const char *b)
{
    enum { N = LONGEST + 1 };
    static size_t d[N][N];
    size_t m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= n; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++) {
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[m][n];
}

/* How unlike two names are, 0 for capitals only; allowed(name) is the most
 * that still looks like one slip or two. */
static size_t distance(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0 ? 0 : slips(a, b);
}

static size_t allowed(const char *name)
{
    size_t length = strlen(name);
    return length < 3 ? 0 : length < 6 ? 1 : 2;
}

/* Each header of a folder, until told to stop. */
static void each_header(const char *folder,
                        void (*take)(const char *text, void *what),
                        void *what)
{
    DIR *all = opendir(folder);
    for (struct dirent *one; all && (one = readdir(all));) {
        size_t length = strlen(one->d_name);
        if (length < 3 || strcmp(one->d_name + length - 2, ".h") != 0)
            continue;
        char *text = code_of(shared_text("%s/%s", folder, one->d_name));
        if (text)
            take(text, what);
        free(text);
    }
    if (all)
        closedir(all);
}

typedef struct {
    const char *name;
    size_t best;
    char found[LONGEST];
} nearest;

/* Of equally near names the first of the alphabet, so that the order of
 * a folder does not matter. */
static void take_nearest(const char *text, void *what)
{
    nearest *n = what;
    char word[LONGEST];
    while (next_word(&text, word)) {
        if (!strcmp(word, n->name))
            continue;
        size_t d = distance(word, n->name);
        if (d < n->best ||
            (d == n->best && *n->found && strcmp(word, n->found) < 0)) {
            n->best = d;
            strcpy(n->found, word);
        }
    }
}

/* Of C itself: what a beginner types most. */
static const char of_C[] =
    "break case char const continue default double else float for if int "
    "long return short signed sizeof static struct switch typedef unsigned "
    "void while bool true false NULL size_t printf puts fabs sqrt exp log "
    "pow fmax fmin isnan isfinite floor memcpy memset malloc calloc free";

const char *nearest_name(const char *name, const char *file,
                         const char *chapter)
{
    if (strlen(name) >= LONGEST)
        return NULL;
    nearest n = { .name = name, .best = allowed(name) + 1 };
    char *text = code_of(file);
    if (text)
        take_nearest(text, &n);
    free(text);
    take_nearest(of_C, &n);
    each_header(shared_text("chapters/%s", chapter), take_nearest, &n);
    each_header("chapters/toolbox", take_nearest, &n);
    return *n.found ? shared_text("%s", n.found) : NULL;
}

const char *header_of(const char *name)
{
    static const struct {
        const char *header, *names;
    } standard[] = {
        { "<math.h>",
          " fabs sqrt exp log pow fmax fmin tanh sin cos atan floor ceil "
          "round trunc hypot log1p expm1 log2 log10 isnan isinf isfinite "
          "NAN INFINITY HUGE_VAL " },
        { "<stdio.h>",
          " printf puts putchar fprintf snprintf stderr stdout "
          "fflush FILE fopen fclose fgets " },
        { "<stdlib.h>", " malloc calloc realloc free abs exit abort qsort "
                        "rand srand strtod atoi " },
        { "<string.h>",
          " memcpy memset memmove memcmp strlen strcmp strcpy strncmp " },
        { "<stdbool.h>", " bool true false " },
        { "<stddef.h>", " size_t NULL ptrdiff_t " },
        { "<stdint.h>",
          " SIZE_MAX uint8_t uint32_t uint64_t int32_t int64_t " },
        { "<float.h>", " DBL_MAX DBL_MIN DBL_EPSILON " },
        { "<limits.h>", " INT_MAX INT_MIN " },
        { "<assert.h>", " assert " },
    };
    const char *word = shared_text(" %s ", name);
    for (size_t k = 0; k < sizeof standard / sizeof *standard; k++)
        if (strstr(standard[k].names, word))
            return standard[k].header;
    return NULL;
}

/* --- In the student's file
 * --------------------------------------------------------- */

int line_of_name(const char *file, const char *name)
{
    char *text = code_of(file), word[LONGEST];
    int line = 0;
    for (const char *p = text; p && !line && next_word(&p, word);)
        if (!strcmp(word, name))
            line = line_at(text, p - strlen(word));
    free(text);
    return line;
}

typedef struct {
    const char *name;
    bool there;
} known;

static void take_known(const char *text, void *what)
{
    known *k = what;
    char word[LONGEST];
    while (!k->there && next_word(&text, word))
        k->there = !strcmp(word, k->name);
}

/* The name of the function whose definition starts at the line p: a type at
 * the very left, a name, a bracket, and no semicolon before the brace. */
static bool defined_at(const char *p, char name[LONGEST])
{
    size_t head = strcspn(p, "(;{}=#\n");
    const char *end = p + head, *start = end;
    if (*end != '(' || !isalpha((unsigned char)*p))
        return false;
    while (start > p && in_word(start[-1]))
        start--;
    size_t length = (size_t)(end - start);
    if (start == p || length == 0 || length >= LONGEST)
        return false;
    memcpy(name, start, length);
    name[length] = '\0';
    return end[strcspn(end, ";{")] == '{';
}

/* The start of the line after p, or NULL. */
static const char *line_after(const char *p)
{
    p = strchr(p, '\n');
    return p ? p + 1 : NULL;
}

const char *misspelt(const char *wanted, const char *file,
                     const char *chapter, int *line)
{
    char *text = code_of(file), name[LONGEST];
    const char *found = NULL;
    size_t best = strlen(wanted) < 10 ? 2 : 3;
    for (const char *p = text; p; p = line_after(p)) {
        size_t d;
        if (!defined_at(p, name) || (d = distance(name, wanted)) >= best)
            continue;
        known k = { .name = name };
        each_header(shared_text("chapters/%s", chapter), take_known, &k);
        if (k.there)
            continue;
        best = d;
        found = shared_text("%s", name);
        *line = line_at(text, p);
    }
    free(text);
    return found;
}

/* Whether the text between start and end declares name as a whole number.
 */
static bool is_whole(const char *start, const char *end, const char *name)
{
    static const char *const types[] = { "size_t", "int",      "unsigned",
                                         "long",   "uint32_t", "uint64_t" };
    char word[LONGEST], before[LONGEST] = "";
    while (start < end && next_word(&start, word)) {
        if (start > end)
            break;
        for (size_t k = 0; k < sizeof types / sizeof *types; k++)
            if (!strcmp(before, types[k]) && !strcmp(word, name))
                return true;
        strcpy(before, word);
    }
    return false;
}

/* How long the whole number at p is: 12, X.rows, or a variable of a whole
 * type.  0 if it may be something else. */
static size_t whole_term(const char *p, const char *start, const char *end)
{
    size_t length = 0;
    while (in_word(p[length]) || p[length] == '.' ||
           (p[length] == '-' && p[length + 1] == '>'))
        length += p[length] == '-' ? 2 : 1;
    if (length == 0 || length >= LONGEST || p[length] == '(' ||
        p[length] == '[')
        return 0;
    char text[LONGEST];
    memcpy(text, p, length);
    text[length] = '\0';
    const char *field = strrchr(text, '.');
    const char *arrow = strrchr(text, '>');
    if (arrow > field)
        field = arrow;
    if (isdigit((unsigned char)*p))
        return strspn(text, "0123456789") == length ? length : 0;
    if (field)
        return !strcmp(field + 1, "rows") || !strcmp(field + 1, "cols")
                   ? length
                   : 0;
    return is_whole(start, end, text) ? length : 0;
}

/* The same of what something is divided by: a term, or terms in brackets,
 * as (2 * X.rows). */
static size_t divisor(const char *p, const char *start, const char *end)
{
    if (*p != '(')
        return whole_term(p, start, end);
    for (size_t length = 1;;) {
        length += strspn(p + length, " ");
        size_t term = whole_term(p + length, start, end);
        if (term == 0)
            return 0;
        length += term + strspn(p + length + term, " ");
        if (p[length] == ')')
            return length + 1;
        if (!p[length] || !strchr("*+-", p[length]))
            return 0;
        length++;
    }
}

int whole_division(const char *file, const char *function, char *text,
                   size_t room)
{
    char *code = code_of(file), name[LONGEST];
    const char *start = NULL, *end = NULL;
    int line = 0;
    for (const char *p = code; p && !end; p = line_after(p))
        if (!start && defined_at(p, name) && !strcmp(name, function))
            start = p;
        else if (start && *p == '}')
            end = p;
    for (const char *p = start; p && p < end && !line; p++) {
        if (!isdigit((unsigned char)*p) || in_word(p[-1]) || p[-1] == '.')
            continue;
        /* what stands before must not make it real: 0.5 * 1 / n */
        const char *before = p - 1;
        while (before > start && isspace((unsigned char)*before))
            before--;
        size_t digits = strspn(p, "0123456789");
        const char *after = p + digits + strspn(p + digits, " ");
        bool alone =
            strchr("(=,+-?:<>{;&|!", *before) ||
            (before - start > 5 && !strncmp(before - 5, "return", 6));
        if (alone && *after == '/') {
            after += 1 + strspn(after + 1, " ");
            size_t length = divisor(after, start, end);
            int size = (int)(after - p + (long)length);
            long below = atol(after); /* 0 if it is no number */
            bool exact = below > 0 && atol(p) % below == 0;
            if (length > 0 && (size_t)size < room && !exact) {
                line = line_at(code, p);
                snprintf(text, room, "%.*s", size, p);
            }
        }
        p += digits;
    }
    free(code);
    return line;
}
