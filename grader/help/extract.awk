# extract.awk - one test out of a file of tests, with all that it needs
#
#     awk -v function_name=F -v test=T -v part=head|body -f extract.awk NN.c
#
# The head is what the file includes, and what is defined before that.  A
# file of tests is formatted, so that an item begins at the left margin and
# ends where all brackets are closed.

# What is neither in a string nor in a comment.
function bare(line,    out, k, c, quote) {
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'[^']*'/, "0", line)
    if (comment) {
        k = index(line, "*/")
        if (!k)
            return ""
        line = substr(line, k + 2)
        comment = 0
    }
    while (k = index(line, "/*")) {
        out = substr(line, k + 2)
        c = index(out, "*/")
        if (!c) {
            comment = 1
            return substr(line, 1, k - 1)
        }
        line = substr(line, 1, k - 1) " " substr(out, c + 2)
    }
    return line
}

function end_item() {
    if (text[count] != "")
        count++
    depth = 0
}

function note(name) { if (name != "") owner[name] = owner[name] " " count }

# The names that an item defines.
function names_of(code,    rest, parts, n, k, head) {
    if (code ~ /^#define/) {
        match(code, /^#define +[A-Za-z_0-9]+/)
        head = substr(code, 1, RLENGTH)
        sub(/^#define +/, "", head)
        note(head)
        return
    }
    if (code ~ /^TEST\(/ || code ~ /^[A-Z_]+\(/)
        return
    if (code ~ /(^| )enum /) {
        rest = code
        sub(/^[^{]*\{/, "", rest)
        n = split(rest, parts, /[^A-Za-z_0-9]+/)
        for (k = 1; k <= n; k++)
            note(parts[k])
        return
    }
    if (code ~ /^typedef/) {
        rest = code
        if (rest ~ /\(\*[a-z_0-9]+\)/) {
            match(rest, /\(\*[a-z_0-9]+\)/)
            note(substr(rest, RSTART + 2, RLENGTH - 3))
            return
        }
        sub(/ *;[ \n]*$/, "", rest)
        match(rest, /[A-Za-z_0-9]+$/)
        note(substr(rest, RSTART, RLENGTH))
        return
    }
    gsub(/__attribute__\(\([^)]*\)\)/, "", code)
    head = code
    sub(/[={;].*/, "", head)
    if (head ~ /\(/) {
        sub(/\(.*/, "", head)
    } else
        sub(/\[.*/, "", head)
    n = split(head, parts, /,/)
    for (k = 1; k <= n; k++) {
        sub(/[ \n]+$/, "", parts[k])
        if (match(parts[k], /[A-Za-z_0-9]+$/))
            note(substr(parts[k], RSTART, RLENGTH))
    }
}

# A macro that makes tests, and the words with which it is called.
function makes_it(k,    name, m, words, first, wanted) {
    name = code[k]
    sub(/\(.*/, "", name)
    m = owner[name]
    sub(/^ /, "", m)
    if (m == "" || code[m] !~ /TEST\(/)
        return 0
    first = code[k]
    sub(/^[^(]*\( */, "", first)
    sub(/ *[,)].*/, "", first)
    wanted = code[m]
    gsub(/[ \\\n]+/, " ", wanted)
    gsub(/name *##/, first, wanted)
    return index(wanted, "TEST(" function_name ", " test ",") > 0
}

function need(k,    parts, n, m, list, all, j, numbers) {
    if (wants[k]++)
        return
    all = code[k]
    gsub(/(\.|->) *[a-z_0-9]+/, " ", all) # a field is no function
    n = split(all, parts, /[^A-Za-z_0-9]+/)
    for (m = 1; m <= n; m++)
        if (parts[m] in owner)
            list = list owner[parts[m]]
    # plain_##name: what a macro pastes together of its first word
    if (code[k] ~ /^[A-Z_]+\(/ && code[k] !~ /^TEST\(/) {
        all = code[owner[parts[1]] + 0]
        sub(/^[^(]*\( */, "", code[k])
        m = code[k]
        sub(/[^a-z_0-9].*/, "", m)
        while (match(all, /[a-z_0-9]+##name/)) {
            j = substr(all, RSTART, RLENGTH - 6) m
            if (j in owner)
                list = list owner[j]
            all = substr(all, RSTART + RLENGTH)
        }
    }
    n = split(list, numbers, " ")
    for (j = 1; j <= n; j++)
        need(numbers[j] + 0)
}

BEGIN { count = 1 }
/^#ifdef JUDGE/ { judge = 1; next } # as in the worker
/^#ifndef JUDGE/ { judge = 2; next }
/^#else/ && judge { judge = 3 - judge; next }
/^#endif/ && judge { judge = 0; next }
judge == 1 { next }
/^#include/ {
    end_item()
    if ($2 != "\"test.h\"")
        head = head $0 "\n"
    included = 1
    next
}
/^#define/ && !included { head = head $0 "\n"; next }
depth == 0 && !continued && /^\/\*/ && !comment {
    end_item()
    bare($0)
    about = comment
    next
}
about { bare($0); about = comment; next }
/^$/ && depth == 0 && !continued { end_item(); next }
{
    line = bare($0)
    text[count] = text[count] $0 "\n"
    code[count] = code[count] line "\n"
    was = continued
    continued = /^#define/ || was ? /\\$/ : 0
    if (was || /^#define/) {
        if (!continued)
            end_item()
        next
    }
    opened = line
    depth += gsub(/[({[]/, "", opened)
    depth -= gsub(/[]})]/, "", opened)
    if (depth == 0 && line ~ /[;}] *$/)
        end_item()
}
END {
    if (part == "head") {
        printf "%s", head
        exit
    }
    if (text[count] == "")
        count--
    last = count
    for (count = 1; count <= last; count++)
        names_of(code[count])
    for (k = 1; k <= last && !root; k++) {
        flat = code[k]
        gsub(/[ \n]+/, " ", flat)
        sub(/\( /, "(", flat)
        if (index(flat, "TEST(" function_name ", " test ",") == 1)
            root = k
        else if (code[k] ~ /^[A-Z_]+\(/ && code[k] !~ /^TEST\(/ &&
            makes_it(k))
            root = k
    }
    if (!root)
        exit 1
    need(root)
    for (k = 1; k <= last; k++)
        if (wants[k])
            printf "%s\n", text[k]
}
