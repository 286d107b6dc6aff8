# overlay.awk - the assembler text of a solution, with one function left
#
#     awk -v only=FUNCTION -f overlay.awk NAMES SOLUTION.s
#
# Every other function that stands in NAMES, a line each, loses its name: what
# calls it calls whatever has that name when the program runs.  Otherwise the
# reference of one function would bring along those of the functions that it
# calls, and whoever calls the one would have the answers of the others.

FNR == NR { other[$1] = $1 != only; next }
/^[A-Za-z_0-9]+:/ {
    name = $0
    sub(/:.*/, "", name)
    if (other[name])
        $0 = "no_longer_" $0
}
$1 == ".globl" && other[$2] { next }
$1 == ".type" || $1 == ".size" || $1 == ".set" { # of the definition itself
    for (k = split($0, part, /[^A-Za-z_0-9]+/); k > 0; k--)
        if (other[part[k]]) {
            gsub(part[k], "no_longer_&")
            break
        }
}
{ print }
