# hints.awk - what make hint-NN says of each graded function
#
#     judge --list | awk -v chapter=NN-name -f hints.awk - NN-name.hints.md
#         every lesson.md
#
# Prints, with tabs between them: function, level, test, a paragraph.  Level
# 1 is what the test asks; level 2 the lesson's own hint, of the first
# exercise that names the function; level 3 the explanation.  Stops if a
# function lacks one, or if an equation is quoted that there is not.

function fail(place, why) {
    print place ": " why > "/dev/stderr"
    failed = 1
}

# TeX as one would type it.
function formula(t,    piece, half, h) {
    while (match(t, /\\frac\{[^{}]*\}\{[^{}]*\}/)) {
        piece = substr(t, RSTART + 6, RLENGTH - 7)
        split(piece, half, /\}\{/)
        for (h = 1; h <= 2; h++)
            if (half[h] !~ /^[A-Za-z0-9]*$/)
                half[h] = "(" half[h] ")"
        t = substr(t, 1, RSTART - 1) "(" half[1] "/" half[2] ")" \
            substr(t, RSTART + RLENGTH)
    }
    gsub(/\\cdot/, "*", t)
    gsub(/\\times/, "x", t)
    gsub(/\\leq?/, "<=", t)
    gsub(/\\geq?/, ">=", t)
    gsub(/\\neq?/, "!=", t)
    gsub(/\\infty/, "infinity", t)
    gsub(/\\l?dots/, "...", t)
    gsub(/\\top/, "T", t)
    gsub(/\\to/, "->", t)
    gsub(/\\,/, " ", t)
    gsub(/\\quad/, " ", t)
    while (match(t, /\\hat *\{?[a-z]\}?/)) {
        piece = substr(t, RSTART + 4, RLENGTH - 4)
        gsub(/[^a-z]/, "", piece)
        t = substr(t, 1, RSTART - 1) piece "hat" substr(t, RSTART + RLENGTH)
    }
    while (match(t, /\\(pi|alpha|beta|gamma|delta|lambda|rho|sigma|theta|exp|ln|log|max|min|sum|text|mathbf|mathrm)/))
        t = substr(t, 1, RSTART - 1) substr(t, RSTART + 1)
    gsub(/\^\{\[/, "[", t)
    gsub(/\]\}/, "]", t)
    gsub(/[{}]/, "", t)
    return t
}

# Markdown and TeX as a terminal shows it.
function plain(s, place,    n, k, parts, out, m, bits, j, id) {
    gsub(/\342\200\246/, "...", s)
    gsub(/\342\200[\234\235]/, "\"", s)
    gsub(/\342\200\231/, "'", s)
    gsub(/\342\200[\223\224]/, "-", s)
    gsub(/\303\227/, "x", s)
    n = split(s, parts, "`")
    for (k = 1; k <= n; k++) {
        if (k % 2 == 0) { # code stays as it is
            out = out parts[k]
            continue
        }
        s = parts[k]
        while (match(s, /\[@[a-z]+:[A-Za-z0-9_-]+\]/)) {
            id = substr(s, RSTART + 2, RLENGTH - 3)
            if (!(id in number))
                fail(place, "nothing has the label " id)
            s = substr(s, 1, RSTART - 1) "(" number[id] ")" \
                substr(s, RSTART + RLENGTH)
        }
        while (match(s, /\[[^][]*\]\{[^}]*\}/)) {
            m = substr(s, RSTART + 1, RLENGTH - 1)
            sub(/\]\{.*/, "", m)
            s = substr(s, 1, RSTART - 1) m substr(s, RSTART + RLENGTH)
        }
        m = split(s, bits, "$")
        s = ""
        for (j = 1; j <= m; j++) {
            if (j % 2 == 0)
                bits[j] = formula(bits[j])
            else
                gsub(/\*/, "", bits[j])
            s = s bits[j]
        }
        out = out s
    }
    gsub(/[ \t]+/, " ", out)
    sub(/^ /, "", out)
    sub(/ $/, "", out)
    if (out ~ /\\[a-z]/ || out ~ /[\200-\377]/)
        if (out !~ /\\n/)
            fail(place, "this does not read well on a terminal: " out)
    return out
}

FNR == 1 { file++; fence = kind = 0 }

# The tests.
file == 1 {
    n = split($0, f, "\t")
    if (!(f[2] in graded))
        order[++functions] = f[2]
    graded[f[2]] = 1
    for (k = 4; k <= n; k++)
        first[f[2]] = first[f[2]] f[2] "\t1\t" f[3] "\t" f[k] "\n"
    next
}

# The explanations.
file == 2 && /^## / { name = $2; line_of[name] = FILENAME ":" FNR; next }
file == 2 && /^# / { next }
file == 2 {
    if (name)
        last[name] = last[name] (last[name] ? " " : "") $0
    next
}

# The lessons: labels of all, exercises of this chapter.
FNR == 1 {
    stem = FILENAME
    sub(/\/lesson\.md$/, "", stem)
    sub(/.*\//, "", stem)
    own = stem == chapter
    page = stem + 0
    equations = 0
}
/^```/ { fence = !fence }
!fence && match($0, /\{#eq:[A-Za-z0-9_-]+\}/) {
    number[substr($0, RSTART + 2, RLENGTH - 3)] = page "." (++equations)
    known[page "." equations] = 1
}
!own { next }
!fence && /^::: *\{\.exercise/ {
    count++
    depth = 1
    kind = "exercise"
    text[count] = match($0, /also="[^"]*"/) ? \
        " " substr($0, RSTART + 6, RLENGTH - 7) " " : ""
    gsub(/[a-z_0-9]+/, "`&`", text[count])
    next
}
!fence && depth && /^:::+ *[a-z{]/ {
    depth++
    kind = /hint/ ? "hint" : "other"
    if (kind == "hint") {
        hints[count]++
        at_line[count, hints[count]] = FILENAME ":" FNR
    }
    next
}
!fence && depth && /^:::+ *$/ { depth--; kind = "exercise"; next }
depth && kind == "exercise" { text[count] = text[count] " " $0 }
depth && kind == "hint" {
    hint[count, hints[count]] = hint[count, hints[count]] " " $0
}

END {
    for (k = 1; k <= functions; k++) {
        name = order[k]
        printf "%s", first[name]
        if (!first[name])
            fail(name, "its tests ask nothing")
        for (e = 1; e <= count && !index(text[e], "`" name "`"); e++)
            continue
        if (e > count)
            fail(name, "no exercise of the lesson names it")
        else if (!hints[e])
            fail(name, "the exercise that names it has no hint")
        for (h = 1; h <= hints[e]; h++)
            print name "\t2\t-\t" plain(hint[e, h], at_line[e, h])
        if (!last[name])
            fail("grader/" chapter ".hints.md", name " has no explanation")
        quoted = last[name]
        while (match(quoted, /\([0-9]+\.[0-9]+\)/)) {
            id = substr(quoted, RSTART + 1, RLENGTH - 2)
            if (!(id in known))
                fail(line_of[name], "there is no equation (" id ") in the lessons")
            quoted = substr(quoted, RSTART + RLENGTH)
        }
        print name "\t3\t-\t" plain(last[name], line_of[name])
    }
    for (name in last)
        if (!(name in graded))
            fail(line_of[name], "no test grades " name)
    if (failed)
        exit 1
}
