# crashes.awk - of a report on a file that crashes, our words: the paragraph
# that says why, and what is called with; breaks of lines count as blanks

/^  Asked / || /^             equation/ || /^  Read / || /^  Hint:/ { flush(); next }
/^Also / || /^make / { flush(); over = 1 }
over { next }
/^  Called / { flush(); called = 1 }
/^  [A-Za-z]/ || called && /^ / && NF { said = said " " $0; next }
!NF { called = 0; flush() }

function flush() {
    gsub(/ +/, " ", said)
    if (said ~ /^ Called/) inputs = said
    else if (said) all = all said
    said = ""
}
END { flush(); print substr(all, 2) " |" inputs }
