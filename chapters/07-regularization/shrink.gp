# Claim: L2 makes all weights smaller, L1 makes some of them nothing.
W=640; H=620; load 'book/house.gp'
set multiplot layout 2,1
set title "L2 makes weights small; L1 makes them nothing"
set logscale x; set format x "%g"; set xrange [0.01:10]; set yrange [-2.5:3.6]
set ylabel "weights, L2"; set xlabel ""; set bmargin 2
plot for [j=5:9] data index 0 using 1:j with lines lc rgb MUTED lw 1.2, \
     data index 0 using 1:2 with lines ls 1, \
     data index 0 using 1:3 with lines ls 2, \
     data index 0 using 1:4 with lines ls 3
unset title; set tmargin 1; set bmargin 3.6
set ylabel "weights, L1"; set xlabel "lambda"
set label "w_1" at 0.013,3.4 tc rgb C1 front
set label "w_2" at 0.013,-1.75 tc rgb C2 front
set label "w_3" at 0.013,1.15 tc rgb C3 front
set label "five that do not matter" at 0.05,-0.85 tc rgb MUTED front
plot for [j=5:9] data index 1 using 1:j with lines lc rgb MUTED lw 1.2, \
     data index 1 using 1:2 with lines ls 1, \
     data index 1 using 1:3 with lines ls 2, \
     data index 1 using 1:4 with lines ls 3
unset multiplot
