# Claim: without correction Adam's first steps are too long, not too short.
W=640; H=380; load 'book/house.gp'
set title "Without correction Adam's first steps are too long"
set xlabel "step"; set ylabel "length of the step / rate"
set xrange [0.5:20.5]; set yrange [0:7.5]; set xtics 2,2,20
set label "without correction" at 12,6.95 center tc rgb C2 front
set label "with correction" at 12,1.4 center tc rgb C1 front
plot data index 0 with linespoints ls 1, data index 1 with linespoints ls 2
