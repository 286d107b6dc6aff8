# crashes.awk - of a report on a file that crashes, our words: the verdict,
# the paragraph that says why, and what was called with

/^  -- / && !verdict {
    sub(/^.* of [0-9]+ */, "")
    sub(/^.* tests: /, "")
    verdict = $0
}
/^[a-z_0-9]+: .* points?$/ { inside = 1; next }
/^Also / || /^[^ ]*:[0-9]+: / { inside = 0 }
!inside { next }
/^  (Asked|Read|Hint:) / { at = "other"; next }
/^  Called / { at = "called" }
!NF { at = ""; next }
at == "" && /^  [^ ]/ { at = "why" }
at == "why" { why = why " " $0 }
at == "called" { called = called " " $0 }
END {
    gsub(/ +/, " ", why)
    gsub(/ +/, " ", called)
    # where the stack ends, another time it may be another line
    if (why ~ /ran out of stack/)
        sub(/, line [0-9]+/, "", why)
    print verdict ":" why " |" called
}
