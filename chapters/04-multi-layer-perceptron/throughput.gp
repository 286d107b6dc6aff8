# Claim: many examples at a time go many times faster than one by one.
W=640; H=400; load 'book/house.gp'
set title "One by one is slow: a batch shares the weights"
set xlabel "examples in a batch"; set ylabel "speed, one by one = 1"
set logscale x 2; set xrange [0.8:400]; set yrange [0:*]; set xtics 1,4
set label "measured on the machine\nthat built this page" at 0.95,graph 0.93 left tc rgb MUTED
plot data using 1:3 with linespoints ls 1
