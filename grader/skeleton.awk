# skeleton.awk - turn a reference solution into the exercise a student gets
#
#     awk -f skeleton.awk solutions/NN-name.c
#
#     //> name: What to do.     the code up to  //< name  becomes todo()
#     //> name                  the code stays; only the markers go

NR == 1 {
    number = FILENAME
    sub(/.*\//, "", number)
    number = substr(number, 1, 2)
    print "/* Replace each todo() with your own code, then type:  make " \
          number
    print " *"
    print " * The contract of each function is in the header named below; the"
    print " * lesson says how to get there.  This is the only file to change."
    print " */"
}
/^ *\/\/> [a-z0-9-]+: / && !gap {
    indent = substr($0, 1, index($0, "//") - 1)
    print indent "/* " substr($0, index($0, ": ") + 2) " */"
    print indent "todo();"
    gap = $2
    sub(/:$/, "", gap)
}
/^ *\/\/< / && $2 == gap { gap = ""; next }
/^ *\/\/[<>] /           { next }
!gap                     { print }
