# Claim: batch norm keeps scores alive through ten layers.
W=640; H=520; load 'book/house.gp'
set multiplot layout 2,1
set title "Through ten layers only normalised scores survive"
set xrange [-3:3]; set yrange [0:0.16]; set style fill transparent solid 0.25
set ylabel "share, as they are"; set xlabel ""; set bmargin 2
set label 1 "layer 1" at 1.0,0.05 tc rgb C1 front
set label 2 "layers 5 and 10: all in one bar at 0" at 0.5,0.145 tc rgb C2 front
plot data index 0 using 1:2 with steps ls 1 lw 1.8, \
     data index 1 using 1:2 with steps ls 2 lw 1.8, \
     data index 2 using 1:2 with steps ls 3 lw 1.8
unset title; set tmargin 1; set bmargin 3.6
set ylabel "share, normalised"; set xlabel "score"
set label 1 "layer 1" at 1.3,0.045 tc rgb C1 front
set label 2 "layer 5" at 1.3,0.065 tc rgb C2 front
set label 3 "layer 10" at 1.3,0.085 tc rgb C3 front
plot data index 3 using 1:2 with steps ls 1 lw 1.8, \
     data index 4 using 1:2 with steps ls 2 lw 1.8, \
     data index 5 using 1:2 with steps ls 3 lw 1.8
unset multiplot
