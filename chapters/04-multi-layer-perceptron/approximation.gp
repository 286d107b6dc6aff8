# Claim: twelve bent lines add up to almost any curve.
W=640; H=400; load 'book/house.gp'
set title "Two neurons miss most of the curve, twelve hardly any"
set xlabel "x"; set ylabel "y"; set xrange [0:1.2]; set yrange [-1.7:1.7]
set xtics 0.2
set label "12 neurons" at 1.02,0.28 left tc rgb C3 front
set label "4" at 1.02,-0.15 left tc rgb C1 front
set label "2" at 1.02,-0.5 left tc rgb C2 front
set label "the function" at 0.13,1.5 left tc rgb MUTED front
plot data using 1:2 with lines lc rgb MUTED lw 6 dt 1, \
     data using 1:3 with lines ls 2 dt 2, data using 1:4 with lines ls 1 dt 4, \
     data using 1:5 with lines ls 3
