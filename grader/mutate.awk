# mutate.awk - build the known-wrong variants of a solution
#
#     awk -v dir=DIR -v only="NAME NAME" -f mutate.awk \
#         NN-name.mistakes.md NN-name.c
#
# Writes DIR/NAME.c for each  ## NAME  and prints, with tabs between them:
# NAME, the function it is in, DIR/NAME.so, its advice.  In a diff fence the
# lines marked - or blank must follow each other in exactly one place of the
# solution; the lines marked + or blank replace them.  With only, the changes
# of those mistakes are made together, in DIR/both.c.

BEGIN { DEFINITION = "^[a-z][A-Za-z0-9_ ]*[ *][a-z_0-9]+\\(" }
FNR == NR && /^## /          { name[++count] = substr($0, 4); line[count] = FNR; next }
FNR == NR && /^```/          { fence = !fence; next }
FNR == NR && fence && !/^\+/ { old[count] = old[count] substr($0, 2) "\n" }
FNR == NR && fence && !/^-/  { new[count] = new[count] substr($0, 2) "\n" }
FNR == NR && !fence && count && NF {
    advice[count] = advice[count] (advice[count] ? " " : "") $0
}
FNR == NR                    { notes = FILENAME }
FNR != NR                    { source = source $0 "\n" }

function fail(k, what) {
    print notes ":" line[k] ": " name[k] ": " what > "/dev/stderr"
    failed = 1
    exit 1
}

# The name of the function that the text ends in; of a static one, that of
# the function it was written for: the next that is not static.
function function_at(text, rest,    n, lines, k, found) {
    n = split(text, lines, "\n")
    for (k = 1; k <= n; k++)
        if (lines[k] ~ DEFINITION)
            found = lines[k]
    n = split(rest, lines, "\n")
    for (k = 1; found ~ /^static/ && k <= n; k++)
        if (lines[k] ~ DEFINITION)
            found = lines[k]
    sub(/\(.*/, "", found)
    sub(/.*[ *]/, "", found)
    return found
}

function changed(text, k,    where, rest) {
    where = index(text, "\n" old[k])
    rest = substr(text, where + 1)
    if (!old[k] || !where)
        fail(k, "its old lines are nowhere in the solution")
    if (index(rest, "\n" old[k]))
        fail(k, "its old lines are in more than one place of the solution")
    if (old[k] == new[k])
        fail(k, "changes nothing")
    at[k] = where
    return substr(text, 1, where) new[k] substr(rest, length(old[k]) + 1)
}

END {
    if (failed)
        exit 1
    source = "\n" source
    both = source
    for (k = 1; k <= count; k++) {
        if (name[k] !~ /^[a-z0-9-]+$/)
            fail(k, "a name is made of small letters, digits and -")
        if (seen[name[k]]++)
            fail(k, "there are two of this name")
        if (!advice[k])
            fail(k, "has no advice")
        if (only) {
            if (index(" " only " ", " " name[k] " "))
                both = changed(both, k)
            continue
        }
        printf "%s", substr(changed(source, k), 2) > (dir "/" name[k] ".c")
        close(dir "/" name[k] ".c")
        end = at[k] + length(old[k])
        print name[k] "\t" \
            function_at(substr(source, 1, end), substr(source, end + 1)) \
            "\t" dir "/" name[k] ".so\t" advice[k]
    }
    if (only)
        printf "%s", substr(both, 2) > (dir "/both.c")
}
