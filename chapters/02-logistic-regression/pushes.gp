# Claim: push by push, the perceptron's line finds its place between the kinds.
W=640; H=440; load 'book/house.gp'
set title "Push by push, the line finds its place"
set xlabel "income (10,000 euros)"; set ylabel "debt (10,000 euros)"
set xrange [0:11]; set yrange [0:9]
set label "did not pay back" at 1.2,8.3 left tc rgb C2 front
set label "paid back" at 10.9,0.4 right tc rgb C3 front
plot data index 0 with points ls 2, data index 1 with points ls 3, \
     for [i=2:5] data index i with lines lw (i == 5 ? 3 : 1.5) lc rgb value(sprintf("S%d", 2 * (6 - i) - 1))
