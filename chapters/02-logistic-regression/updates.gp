# Claim: the perceptron comes to rest where a line separates, and never elsewhere.
W=640; H=400; load 'book/house.gp'
set title "Where a line separates, the perceptron comes to rest"
set xlabel "update"; set ylabel "right of 100 applicants (%)"
set xrange [0:200]; set yrange [40:104]
set label "separable" at 110,102.2 left tc rgb C1 front
set label "overlapping: it never rests" at 120,52 left tc rgb C2 front
plot data index 1 using 1:(100*$2) with lines ls 2 lw 1.2, \
     data index 0 using 1:(100*$2) with lines ls 1
