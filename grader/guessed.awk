# guessed.awk - the points of tests whose only true answer is the number 10
#
#     awk -f guessed.awk NN-name.c

/^TEST\(/ { close_test(); split($0, part, /, */); points = part[3] + 0 }
/expect[a-z_]*\(/ { expectations++ }
/expect\(.*, 10\);$/ { guessed++ }
END { close_test(); print total + 0 }

function close_test() {
    if (expectations == 1 && guessed == 1)
        total += points
    expectations = guessed = 0
}
