# compiler.awk - of a report on a file that a compiler complains about, our
# words: the line of the first message and what is said below its caret

/^Your file does not compile|^The compiler warns/ { at = "message"; next }
at == "message" && /^ *line [0-9]+:/ {
    match($0, /line [0-9]+/)
    where = substr($0, RSTART, RLENGTH)
    at = "source"
    next
}
at == "message" && NF { where = $0; sub(/^ */, "", where); at = "source"; next }
at == "source" && /^    / { at = "caret"; next }
at == "caret" && /[~^]/ && !/[A-Za-z0-9]/ { at = "words"; next }
at == "caret" { at = "words" }
at == "words" && /^    / { sub(/^ */, ""); said = said (said ? " " : "") $0; next }
at == "words" { at = "done" }
END {
    if (where !~ /^line/ && where && !said) # the linker's is one sentence
        print where
    else
        print where (where ? ": " : "") (said ? said : "(nothing)")
}
