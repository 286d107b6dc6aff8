# Claim: each step turns and shifts the boundary until it lies between the kinds.
W=640; H=440; load 'book/house.gp'
set title "The boundary turns until it lies between the two kinds"
set xlabel "income (10,000 euros)"; set ylabel "debt (10,000 euros)"
set xrange [0:11]; set yrange [0:9]
set label "start" at 0.25,8.2 left tc rgb S5 front
set label "5 steps" at 0.25,6.65 left tc rgb S4 front
set label "2,000 steps" at 8.5,8.6 right tc rgb S1 front
set label "did not pay back" at 3.2,8.3 left tc rgb C2 front
set label "paid back" at 10.9,0.4 right tc rgb C3 front
plot data index 0 with points ls 2, data index 1 with points ls 3, \
     for [i=2:6] data index i with lines lw (i == 6 ? 3 : 1.5) lc rgb value(sprintf("S%d", 7 - i))
