# Claim: one sentence that the figure makes obvious.
W=640; H=400; load 'book/house.gp'

set title "Twice a number grows twice as fast"
set xlabel "x (unit)"
set ylabel "y (unit)"
plot data using 1:2 with lines ls 1
