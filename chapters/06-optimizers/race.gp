# Claim: with a velocity a walk runs on where plain descent zigzags and creeps.
W=640; H=700; load 'book/house.gp'
set multiplot layout 2,1
set title "Three hundred steps: with a velocity one gets further"
set xlabel ""; set ylabel ""; set xrange [-2.2:0.4]; set yrange [-1.4:0.6]
set contour base; unset surface; set bmargin 2
set cntrparam levels discrete 0.02,0.3,1.5,5,15,40
set table $ravine; splot data index 0 using 1:2:3; unset table
set label 1 "sgd" at -0.75,-0.62 left tc rgb C2 front
set label 2 "momentum" at -1.5,-1.28 left tc rgb C1 front
set label 3 "Adam" at -1.2,-0.25 right tc rgb C3 front
plot $ravine using 1:2 with lines lc rgb GRID lw 1.2, \
     data index 1 with linespoints ls 2 lw 1 ps 0.3, \
     data index 2 with linespoints ls 1 lw 1.6 ps 0.3, \
     data index 3 with linespoints ls 3 lw 1.6 ps 0.3
unset title; set tmargin 1
set xrange [-1.8:1.6]; set yrange [-0.5:2.3]
set cntrparam levels discrete 0.5,3,10,40,120,300
set table $valley; splot data index 4 using 1:2:3; unset table
set label 1 "sgd" at -0.72,1.2 left tc rgb C2 front
set label 2 "momentum" at 0.75,0.2 left tc rgb C1 front
set label 3 "Adam" at -0.35,-0.3 left tc rgb C3 front
plot $valley using 1:2 with lines lc rgb GRID lw 1.2, \
     data index 5 with linespoints ls 2 lw 1 ps 0.3, \
     data index 6 with linespoints ls 1 lw 1.6 ps 0.3, \
     data index 7 with linespoints ls 3 lw 1.6 ps 0.3
unset multiplot
