# contracts.awk - what the report says of a function, from headers and lesson
#
#     awk -v number=N -f contracts.awk lesson.md NAME.h...
#
# Prints, with tabs between them: function, purpose, equations, section.  The
# section is that of the first equation, or else of the exercise.

FNR == 1                 { header = file++; fence = 0 }
!header && /^```/        { fence = !fence }
!header && fence         { next }
!header && /^## / && !/[{ .]unnumbered/ {
    section = number "." (++sections) " " substr($0, 4)
    sub(/ *\{.*\}.*$/, "", section)
}
!header && /\{#eq:[A-Za-z0-9_-]+\}/ { where[number "." (++equations)] = section }
!header && /^:::+ *[^: ]/           { depth++; if (/\.exercise/) exercise = depth }
!header && /^:::+ *$/               { if (depth-- == exercise) exercise = 0 }
!header && exercise {
    for (line = $0; match(line, /`[a-z_0-9]+`/);
         line = substr(line, RSTART + RLENGTH)) {
        name = substr(line, RSTART + 1, RLENGTH - 2)
        if (!(name in asked))
            asked[name] = section
    }
}

header && /^\/\* [a-z_0-9]+ - / {
    name = $2
    purpose = substr($0, index($0, " - ") + 3)
    sub(/ *(\*\/)?$/, "", purpose)
    sub(/ +\([0-9]+\.[0-9]+\)$/, "", purpose)
    list = first = ""
    inside = 1
}
header && inside && match($0, /\([0-9]+\.[0-9]+\)( *\*\/)?$/) {
    equation = substr($0, RSTART + 1)
    sub(/\).*/, "", equation)
    if (!index(list, "(" equation ")"))
        list = list (list ? ", " : "") "(" equation ")"
    if (!first)
        first = equation
}
header && inside && /\*\// {
    inside = 0
    print name "\t" purpose "\t" list "\t" \
        (first in where ? where[first] : asked[name])
}
