#define _GNU_SOURCE
#include "report.h"
#include "compare.h"
#include "names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 76, ROWS = 8 };

/* --- Words
 * ----------------------------------------------------------------- */

void print_wrapped(int indent, const char *text)
{
    int column = 0;
    while (*text) {
        text += strspn(text, " \n");
        int word = (int)strcspn(text, " \n");
        if (word == 0)
            break;
        if (column > 0 && indent + column + 1 + word > WIDTH) {
            putchar('\n');
            column = 0;
        }
        column += printf("%*s%.*s", column ? 1 : indent, "", word, text);
        column -= column == indent + word ? indent : 0;
        text += word;
    }
    putchar('\n');
}

static bool in_colour(void)
{
    const char *terminal = getenv("TERM"), *no = getenv("NO_COLOR");
    return isatty(1) && !(no && *no) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

static const char *colour(const char *code)
{
    return in_colour() ? code : "";
}

#define GREEN colour("\033[32m")
#define RED colour("\033[31m")
#define BOLD colour("\033[1m")
#define PLAIN colour("\033[0m")

const char *verdict_word(const result *r)
{
    switch (r->verdict) {
    case NOT_RUN:
        return "not run";
    case PASSED:
        return r->followed ? "passed with help" : "passed";
    case WRONG:
        return "wrong";
    case UNWRITTEN:
        return "not written yet";
    case RULE_BROKEN:
        return "stopped";
    case ABSENT:
        return "missing";
    case ENDED_EARLY:
        return "ended early";
    case LATE:
        return "timed out";
    case CRASHED:
        return "crashed";
    case NO_ANSWER:
        return "no valid answer";
    case OURS:
        break;
    }
    return "our failure";
}

const char *waits_for(const result *r)
{
    return (r->verdict == UNWRITTEN || r->verdict == ABSENT) &&
                   r->stopped_in &&
                   strcmp(r->stopped_in, r->of->function) != 0
               ? r->stopped_in
               : NULL;
}

/* For a person, who wants to know for what it waits. */
static const char *outcome(const result *r)
{
    return waits_for(r) ? shared_text("waits for %s", waits_for(r))
                        : verdict_word(r);
}

static int earned(const result *r)
{
    return r->verdict == PASSED ? r->of->points : 0;
}

/* --- Numbers
 * ---------------------------------------------------------------- */

/* The shortest form that reads back as x. */
static const char *shortest(char text[40], real x)
{
    if (isnan(x))
        return strcpy(text,
                      has_bits(x, NEVER_WRITTEN) ? "never written" : "nan");
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, x + 0.0);
        if (strtod(text, NULL) == x)
            break;
    }
    return text;
}

/* At most seven digits, unless that hides a difference from other. */
static const char *readable(char text[40], real x, real other)
{
    char a[40], b[40];
    if (!isfinite(x))
        return shortest(text, x);
    snprintf(a, sizeof a, "%.7g", x + 0.0);
    snprintf(b, sizeof b, "%.7g", other + 0.0);
    if (strcmp(a, b) == 0 && x != other)
        return shortest(text, x);
    return strcpy(text, a);
}

/* As long as it is no larger than a screen holds; the columns of a matrix
 * below each other. */
static void print_array(const char *name, matrix a)
{
    char text[40];
    size_t widths[6] = { 0 };
    if (a.rows * a.cols == 0 || a.rows > 12 || a.cols > 6) {
        printf("             %s is %zu x %zu\n", name, a.rows, a.cols);
        return;
    }
    if (a.rows == 1 && a.cols == 1) {
        printf("             %s = %s\n", name,
               readable(text, a.data[0], a.data[0]));
        return;
    }
    for (size_t k = 0; k < a.rows * a.cols && a.cols > 1; k++) {
        size_t size = strlen(readable(text, a.data[k], a.data[k]));
        if (size > widths[k % a.cols])
            widths[k % a.cols] = size;
    }
    int column = printf("             %s = [", name);
    int indent = column;
    for (size_t i = 0; i < a.rows; i++)
        for (size_t j = 0; j < a.cols; j++) {
            const char *number = readable(text, a.data[i * a.cols + j],
                                          a.data[i * a.cols + j]);
            bool last = i + 1 == a.rows && j + 1 == a.cols;
            int width = (int)strlen(number) + 2;
            bool new_row = j == 0 && i > 0 && a.cols > 1;
            if (new_row || (column + width > WIDTH && column > indent)) {
                printf("\n%*s", indent, "");
                column = indent;
            }
            bool end_of_row = j + 1 == a.cols && a.cols > 1 && !last;
            column += printf("%*s%s", (int)widths[j], number,
                             last         ? "]\n"
                             : end_of_row ? ";"
                                          : " ");
        }
}

/* The name of element k of what the test asked for. */
static const char *element_name(char text[80], const expectation *e,
                                size_t k)
{
    if (e->expected.rows == 1 && e->expected.cols == 1)
        snprintf(text, 80, "%s", "");
    else if (e->expected.cols == 1)
        snprintf(text, 80, "[%zu]", k);
    else
        snprintf(text, 80, "[%zu, %zu]", k / e->expected.cols,
                 k % e->expected.cols);
    return text;
}

enum { COLUMNS = 4, CELL = 80 }; /* name, yours, expected, difference */

/* The columns of a line are as wide as they must be: two numbers of 17
 * digits must not run into each other. */
static void print_cells(char cell[COLUMNS][CELL], int width[COLUMNS],
                        bool show, const char *mark, const char *end)
{
    for (int c = 0; c < COLUMNS; c++) {
        int size = (int)strlen(cell[c]) + 2;
        if (size > width[c])
            width[c] = size;
    }
    if (!show)
        return;
    printf("    %s ", mark);
    for (int c = 0; c < COLUMNS; c++)
        printf("%-*s", c + 1 == COLUMNS && !*end ? 0 : width[c], cell[c]);
    printf("%s\n", end);
}

/* Number by number, the wrong ones only or all; first is the first that is
 * wrong. */
static void print_rows(const expectation *e, size_t first, bool wrong_only,
                       amount how_much)
{
    size_t size = e->expected.rows * e->expected.cols;
    int width[COLUMNS] = { 8, 20, 20, 12 };

    for (int show = 0; show < 2; show++) { /* measure, then print */
        char head[COLUMNS][CELL] = { "", "yours", "expected",
                                     "difference" };
        print_cells(head, width, show, " ", "");
        size_t shown = 0;
        for (size_t k = 0; k < size; k++) {
            char cell[COLUMNS][CELL] = { "" }, a[40], b[40];
            real yours = e->yours.data[k], expected = e->expected.data[k];
            bool right = same_number(yours, expected, e->tolerance);
            if (right && wrong_only && how_much != FULL)
                continue;
            if (shown++ == ROWS && how_much != FULL)
                break;
            element_name(cell[0], e, k);
            strcpy(cell[1], readable(a, yours, expected));
            strcpy(cell[2], readable(b, expected, yours));
            if (!right && isfinite(yours) && isfinite(expected))
                snprintf(cell[3], CELL, "%+.3g", yours - expected);
            print_cells(cell, width, show,
                        k == first && size > 1 ? ">" : " ",
                        right ? "right" : "wrong");
        }
    }
}

/* Losses, step by step: where they leave the path of the reference's. */
static void print_path(const expectation *e, size_t first)
{
    if (e->expected.cols != 1 || e->expected.rows < 3 ||
        (!strstr(e->text, "loss") && !strstr(e->text, "trace")))
        return;
    const char *what = strstr(e->text, "loss") ? "losses" : "numbers";
    if (first == 0)
        printf("      already the first of the %s differs\n", what);
    else if (first == 1)
        printf("      the first of the %s is right; number 2 is the first "
               "that differs\n",
               what);
    else
        printf("      the first %zu %s are right; number %zu is the first "
               "that differs\n",
               first, what, first + 1);
}

static void print_differences(const expectation *e, amount how_much)
{
    size_t size = e->expected.rows * e->expected.cols, first = 0, bad = 0;

    printf("\n    %s\n", e->text);
    if (!e->answered) {
        printf("      no answer\n");
        return;
    }
    if (e->yours.rows != e->expected.rows ||
        e->yours.cols != e->expected.cols) {
        printf("      yours is %zu x %zu, expected is %zu x %zu\n",
               e->yours.rows, e->yours.cols, e->expected.rows,
               e->expected.cols);
        return;
    }
    for (size_t k = 0; k < size; k++) {
        bool wrong = !same_number(e->yours.data[k], e->expected.data[k],
                                  e->tolerance);
        if (wrong && bad++ == 0)
            first = k;
    }
    bool small = e->expected.rows > 1 && e->expected.cols > 1 &&
                 e->expected.rows <= ROWS && e->expected.cols <= 6;
    if (small) {
        print_array("yours   ", e->yours);
        print_array("expected", e->expected);
    }
    print_rows(e, first, small || size > ROWS, how_much);
    if (size > ROWS || small)
        printf("      %zu of %zu numbers are wrong\n", bad, size);
    print_path(e, first);
}

/* --- One failed test
 * --------------------------------------------------------- */

/* Text number field of the line of the contract file for a function:
 * purpose, equation, section. */
static const char *contract(const graded *g, const char *function,
                            int field)
{
    static char line[1000];
    size_t length = strlen(function);
    FILE *file = g->asked ? fopen(g->asked, "r") : NULL;
    const char *found = NULL;

    while (file && !found && fgets(line, sizeof line, file))
        if (!strncmp(line, function, length) && line[length] == '\t') {
            char *rest = line;
            line[strcspn(line, "\n")] = '\0';
            for (int k = 0; k <= field && rest; k++)
                found = strsep(&rest, "\t");
            if (found && !*found)
                found = NULL;
            break;
        }
    if (file)
        fclose(file);
    return found;
}

static const char *title(const char *name)
{
    static char text[100];
    snprintf(text, sizeof text, "%s", name);
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    return text;
}

static void print_printed(const result *r)
{
    if (r->printed_size == 0)
        return;
    printf("\n  Your program printed %zu bytes%s:\n", r->printed_size,
           r->printed_size > 400 ? ", of which these are the first" : "");
    const char *p = r->printed;
    for (int lines = 0; *p && lines < 6; lines++) {
        size_t length = strcspn(p, "\n");
        printf("    | ");
        for (size_t k = 0; k < length && k < WIDTH - 6; k++)
            putchar(p[k] >= ' ' && p[k] < 127 ? p[k] : '?');
        putchar('\n');
        p += length + (p[length] == '\n');
    }
}

/* ", line 27", and where that function was called. */
static const char *place_of(const result *r)
{
    if (!r->line)
        return "";
    return r->called_in && r->called_in != r->line
               ? shared_text(", line %d, called in line %d", r->line,
                             r->called_in)
               : shared_text(", line %d", r->line);
}

/* The same question, asked again and again: how often it went well. */
static void print_repeated(const result *r)
{
    size_t wrong = 0, times = 0, before = 0;
    while (wrong < r->expectation_count && r->expectations[wrong].right)
        wrong++;
    if (wrong == r->expectation_count)
        return;
    for (size_t k = 0; k < r->expectation_count; k++)
        if (!strcmp(r->expectations[k].text, r->expectations[wrong].text)) {
            times++;
            before += k < wrong;
        }
    if (times > 2 && before > 0)
        print_wrapped(
            4, shared_text("Asked %zu times: %s; number %zu is the first "
                           "that differs.",
                           times,
                           before == 1 ? "the first is right"
                                       : shared_text("the first %zu are "
                                                     "right",
                                                     before),
                           before + 1));
}

/* A division that loses its fraction: a fact about the line, and perhaps
 * the cause. */
static void print_division(const graded *g, const result *r)
{
    char text[80];
    int line =
        r->verdict == WRONG
            ? whole_division(g->file, r->of->function, text, sizeof text)
            : 0;
    if (line)
        print_wrapped(2,
                      shared_text("Line %d divides whole numbers, %s, "
                                  "and what is behind the point is "
                                  "lost.  Perhaps %.*s.0 is meant.",
                                  line, text,
                                  (int)strspn(text, "0123456789"), text));
}

/* What a program that was stopped needs to be asked. */
static const char *question_about(const result *r)
{
    static const struct {
        const char *what, *question;
    } known[] = {
        { "columns_of_A == rows_of_B",
          "The first factor needs as many columns as the second has rows.  "
          "Is one of them to be TRANSPOSED?" },
        { "was never made", "Which line makes it, by matrix_new with its "
                            "two sizes, before it "
                            "is used?" },
        { "no element (", "Rows and columns count from 0, so the last of n "
                          "is n - 1.  Which "
                          "values does the index take?" },
        { "past the end of", "Rows and columns count from 0, so the last "
                             "of n is n - 1.  Which "
                             "values does the index take?" },
        { "which is an input", "Others read it after you.  In which "
                               "variable of your own can the "
                               "result stay?" },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strstr(r->what, known[k].what))
            return known[k].question;
    return r->line ? shared_text("What does line %d use?  Print it just "
                                 "before: printf costs nothing here.",
                                 r->line)
                   : NULL;
}

/* The test's question; but what does not come to an end asks another. */
static const char *hint_for(const result *r)
{
    switch (r->verdict) {
    case ABSENT:
    case OURS:
        return NULL;
    case LATE:
        return strstr(r->what, "never ends")
                   ? "Which variable ends the loop, and who changes it?"
                   : NULL;
    case RULE_BROKEN:
    case CRASHED:
        return question_about(r);
    default:
        return r->of->hints[0];
    }
}

static void print_failure(const graded *g, size_t i)
{
    const result *r = &g->results[i];
    const char *function = r->of->function;
    const char *asked;

    printf("%s%s%s: %s    %d point%s\n\n", BOLD, function, PLAIN,
           title(r->of->name), r->of->points,
           r->of->points == 1 ? "" : "s");
    if ((asked = contract(g, function, 1)))
        printf("  Asked      %s\n", asked);
    if ((asked = contract(g, function, 2)))
        printf("             equation %s\n", asked);

    for (size_t k = 0; k < r->call_count; k++)
        printf("%s%s\n", k ? "             " : "  Called     ",
               r->calls[k]);
    for (size_t k = 0; k < r->array_count; k++)
        if (r->arrays[k].is != OUTPUT)
            print_array(r->arrays[k].name, r->arrays[k].value);

    if (r->verdict == WRONG) {
        size_t shown = 0;
        for (size_t k = 0; k < r->expectation_count; k++)
            if (!r->expectations[k].right &&
                (shown++ < 2 || g->how_much == FULL))
                print_differences(&r->expectations[k], g->how_much);
        print_repeated(r);
    } else if (r->what) {
        printf("\n");
        print_wrapped(2,
                      r->verdict == ABSENT || r->verdict == OURS
                          ? r->what
                          : shared_text("%s %s%s",
                                        r->stopped_in && r->verdict != LATE
                                            ? r->stopped_in
                                            : function,
                                        r->what, place_of(r)));
    }
    print_printed(r);
    printf("\n");

    if (r->unstable)
        print_wrapped(2, "Run again on the same inputs, it gave other "
                         "answers.  Is something read before it is set, or "
                         "does it depend on the time?");
    if (g->named[i])
        print_wrapped(2,
                      shared_text("Known mistake (%s): %s",
                                  g->named[i]->name, g->named[i]->advice));
    else if (g->relations[i])
        print_wrapped(2, g->relations[i]);
    if (!g->named[i])
        print_division(g, r);
    if (r->with)
        print_wrapped(2, shared_text("For this test %s had the reference "
                                     "in place of yours.",
                                     r->with));
    const char *hint = hint_for(r);
    if (hint)
        print_wrapped(2, shared_text("Hint: %s", hint));
    if ((asked = contract(g, function, 3)))
        printf("  Read       section %s\n", asked);
    printf("\n");
}

/* --- All of it
 * ---------------------------------------------------------------- */

static bool first_of_its_function(const graded *g, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (!strcmp(g->results[k].of->function, g->results[i].of->function))
            return false;
    return true;
}

/* One line for a function: points, and how its tests went. */
static void print_function(const graded *g, size_t first)
{
    const char *function = g->results[first].of->function;
    int got = 0, possible = 0, tests = 0, failed = 0;
    const result *worst = NULL;
    const char *with = NULL;

    for (size_t i = first; i < g->count; i++) {
        const result *r = &g->results[i];
        if (strcmp(r->of->function, function) != 0)
            continue;
        tests++;
        got += earned(r);
        possible += r->of->points;
        failed += r->verdict != PASSED;
        if (r->verdict != PASSED && (!worst || waits_for(worst)))
            worst = r;
        if (r->followed)
            with = r->with;
    }
    printf("  %s%s%s  %-28s%3d of %d", worst ? RED : GREEN,
           worst ? "--" : "ok", PLAIN, function, got, possible);
    if (!worst && with)
        printf(strlen(with) < 23 ? "  given a right %s"
                                 : "  given the others right",
               with);
    else if (worst && failed == tests)
        printf("  %s", outcome(worst));
    else if (worst)
        printf("  %d of %d tests: %s", failed, tests, outcome(worst));
    printf("\n");
}

/* The line of the file on which a function begins, or 1. */
static int line_of_function(const char *path, const char *function)
{
    char line[500], head[100];
    int number = 0, found = 1;
    FILE *file = fopen(path, "r");

    snprintf(head, sizeof head, "%s(", function);
    while (file && fgets(line, sizeof line, file)) {
        const char *name = strstr(line, head);
        number++;
        if (name > line && line[0] != ' ' && line[0] != '/' &&
            line[0] != '*' && line[0] != '#' && !strchr(line, ';')) {
            found = number;
            break;
        }
    }
    if (file)
        fclose(file);
    return found;
}

int report_print(const graded *g, int *possible)
{
    int points = 0;
    *possible = 0;

    for (size_t i = 0; i < g->count; i++) {
        points += earned(&g->results[i]);
        *possible += g->results[i].of->points;
        if (first_of_its_function(g, i))
            print_function(g, i);
    }
    printf("\n");

    /* One failure in full, the first that is more than an empty place, or
     * one that waits for something that is nowhere. */
    size_t main_failure = g->count;
    for (int wait = 0; wait < 2 && main_failure == g->count; wait++)
        for (size_t i = g->count; i-- > 0;) {
            const result *r = &g->results[i];
            if (r->verdict != PASSED && r->verdict != UNWRITTEN &&
                (wait || !waits_for(r)))
                main_failure = i;
        }

    size_t others = 0;
    if (g->how_much != BRIEF)
        for (size_t i = 0; i < g->count; i++) {
            verdict v = g->results[i].verdict;
            if (i == main_failure ||
                (g->how_much == FULL && v != PASSED && v != UNWRITTEN))
                print_failure(g, i);
        }
    for (size_t i = 0; i < g->count && g->how_much == NORMAL; i++) {
        const result *r = &g->results[i];
        if (i == main_failure || r->verdict == PASSED ||
            r->verdict == UNWRITTEN || waits_for(r))
            continue;
        if (others++ == 0)
            printf("Also (FULL=1 shows them in full):\n");
        printf("  %s: %s: %s%s%s\n", r->of->function, title(r->of->name),
               outcome(r), r->line ? shared_text(", line %d", r->line) : "",
               g->named[i] ? shared_text(" (%s)", g->named[i]->name) : "");
    }
    if (others > 0)
        printf("\n");

    size_t printed = 0;
    for (size_t i = 0; i < g->count; i++)
        if (i != main_failure)
            printed += g->results[i].printed_size;
    if (printed > 0 && g->how_much != BRIEF)
        printf("Your program printed %zu bytes%s; that costs nothing.\n\n",
               printed, main_failure < g->count ? " in other tests" : "");

    for (size_t i = 0; i < g->count && g->how_much != BRIEF; i++) {
        const result *r = &g->results[i];
        if (r->left == 0 || r->verdict != PASSED)
            continue;
        print_wrapped(
            0, shared_text("%s leaves %llu %s behind that nobody frees.  "
                           "That costs nothing here; in a training loop it "
                           "costs all memory.",
                           r->of->function, (unsigned long long)r->left,
                           r->left == 1 ? "matrix" : "matrices"));
        printf("\n");
        break; /* the others may follow from the first */
    }

    const result *next =
        main_failure < g->count ? &g->results[main_failure] : NULL;
    for (size_t i = 0; i < g->count && !next; i++)
        if (g->results[i].verdict == UNWRITTEN)
            next = &g->results[i];
    if (next)
        printf("%s:%d: %s\n", g->file,
               next->line > 0
                   ? next->line
                   : line_of_function(g->file, next->of->function),
               next->verdict == UNWRITTEN
                   ? shared_text("write %s next", waits_for(next)
                                                      ? waits_for(next)
                                                      : next->of->function)
                   : shared_text("look at %s", next->of->function));
    printf("make %.2s SEED=%llu repeats these numbers%s\n", g->chapter,
           (unsigned long long)g->seed,
           next ? shared_text("; make hint-%.2s helps", g->chapter) : "");
    printf("%s%d of %d points%s\n", points == *possible ? GREEN : BOLD,
           points, *possible, PLAIN);
    fflush(stdout);
    return points;
}

/* --- JSON
 * --------------------------------------------------------------------- */

static void json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; text && *text; text++)
        if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else if ((unsigned char)*text < 32 || (unsigned char)*text > 126)
            fprintf(out, "\\u%04x", (unsigned char)*text);
        else
            fputc(*text, out);
    fputc('"', out);
}

static void json_pair(FILE *out, const char *key, const char *value)
{
    if (!value)
        return;
    fprintf(out, ", \"%s\": ", key);
    json_text(out, value);
}

/* The answers of a test with all their digits, as one text: JSON knows no
 * NaN, and equal wrong answers shall be equal texts. */
static void json_answers(FILE *out, const result *r)
{
    enum { ENOUGH = 64 };
    size_t told = 0;
    fprintf(out, ", \"yours\": \"");
    for (size_t k = 0; k < r->expectation_count; k++) {
        const expectation *e = &r->expectations[k];
        if (e->answered)
            fprintf(out, "%s%zux%zu", k ? "; " : "", e->yours.rows,
                    e->yours.cols);
        for (size_t i = 0;
             e->answered && i < e->yours.rows * e->yours.cols &&
             told < ENOUGH;
             i++, told++)
            fprintf(out, " %.17g", e->yours.data[i]);
    }
    fprintf(out, "\"");
}

/* The largest error of the answers of one test, as a share of what is
 * allowed: how much room the tolerance leaves. */
static double margin(const result *r)
{
    double largest = 0;
    for (size_t k = 0; k < r->expectation_count; k++) {
        const expectation *e = &r->expectations[k];
        for (size_t i = 0;
             e->answered && e->yours.rows == e->expected.rows &&
             e->yours.cols == e->expected.cols &&
             i < e->expected.rows * e->expected.cols;
             i++) {
            double expected = e->expected.data[i];
            double error = fabs(e->yours.data[i] - expected) /
                           (e->tolerance * (1 + fabs(expected)));
            if (isfinite(error) && error > largest)
                largest = error;
        }
    }
    return largest;
}

bool report_json(const graded *g, const char *path)
{
    const char *temporary = shared_text("%s.new", path);
    FILE *out = fopen(temporary, "w");
    if (!out)
        return false;
    int points = 0, possible = 0;
    for (size_t i = 0; i < g->count; i++) {
        points += earned(&g->results[i]);
        possible += g->results[i].of->points;
    }
    fprintf(out, "{\"chapter\": ");
    json_text(out, g->chapter);
    json_pair(out, "file", g->file);
    fprintf(out, ", \"seed\": %llu, \"points\": %d, \"possible\": %d",
            (unsigned long long)g->seed, points, possible);
    json_pair(out, "state", g->state ? g->state : "graded");
    json_pair(out, "sum", g->sum);
    fprintf(out, ",\n \"tests\": [");
    for (size_t i = 0; i < g->count; i++) {
        const result *r = &g->results[i];
        fprintf(out, "%s\n  {\"function\": ", i ? "," : "");
        json_text(out, r->of->function);
        json_pair(out, "test", r->of->name);
        json_pair(out, "verdict", verdict_word(r));
        fprintf(out,
                ", \"points\": %d, \"possible\": %d, \"line\": %d, "
                "\"margin\": %.3g",
                earned(r), r->of->points, r->line, margin(r));
        json_pair(out, "what", r->what);
        json_pair(out, "mistake", g->named[i] ? g->named[i]->name : NULL);
        json_pair(out, "relation", g->relations[i]);
        json_pair(out, "with", r->with);
        json_pair(out, "waits", waits_for(r));
        if (r->unstable)
            fprintf(out, ", \"unstable\": 1");
        if (r->verdict == WRONG)
            json_answers(out, r);
        fprintf(out, "}");
    }
    fprintf(out, "]}\n");
    bool good = !ferror(out) && fflush(out) == 0;
    good = good && (!g->sum || fsync(fileno(out)) == 0);
    good = fclose(out) == 0 && good;
    return good && rename(temporary, path) == 0;
}
