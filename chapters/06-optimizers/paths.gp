# Claim: the fewer examples an update sees, the more it wanders.
W=640; H=440; load 'book/house.gp'
set title "The fewer examples a step sees, the more it wanders"
set xlabel "w"; set ylabel "b"
set xrange [-1.2:2.4]; set yrange [-0.4:1.8]
set contour base; unset surface
set cntrparam levels discrete 0.13,0.15,0.2,0.3,0.5,0.8,1.2
set table $levels; splot data index 0 using 1:2:3; unset table
set label "all 100: 40 steps" at 1.2,0.12 left tc rgb C1 front
set label "10 at a time: 60 steps" at 1.2,0 left tc rgb C3 front
set label "one at a time: 100 steps" at 1.2,-0.12 left tc rgb C2 front
plot $levels using 1:2 with lines lc rgb GRID lw 1.2, \
     data index 3 with linespoints ls 2 lw 1 ps 0.35, \
     data index 2 with linespoints ls 3 lw 1.3 ps 0.4, \
     data index 1 with linespoints ls 1 lw 2 ps 0.5
