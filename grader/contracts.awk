# contracts.awk - what the report says of a function, from header and lesson
#
#     awk -v number=N -f contracts.awk lesson.md name.h
#
# Prints, with tabs between them: function, purpose, equations, section.

FNR == 1                 { file++; fence = 0 }
file == 1 && /^```/      { fence = !fence }
file == 1 && fence       { next }
file == 1 && /^## / && !/[{ .]unnumbered/ {
    section = number "." (++sections) " " substr($0, 4)
    sub(/ *\{.*\}.*$/, "", section)
}
file == 1 && /\{#eq:[A-Za-z0-9_-]+\}/ { where[number "." (++equations)] = section }

file == 2 && /^\/\* [a-z_0-9]+ - / {
    name = $2
    purpose = substr($0, index($0, " - ") + 3)
    list = first = ""
    inside = 1
}
file == 2 && inside && match($0, /\([0-9]+\.[0-9]+\)$/) {
    equation = substr($0, RSTART + 1, RLENGTH - 2)
    list = list (list ? ", " : "") "(" equation ")"
    if (!first)
        first = equation
}
file == 2 && inside && /\*\// {
    inside = 0
    print name "\t" purpose "\t" list "\t" where[first]
}
