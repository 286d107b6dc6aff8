# Claim: all five fall with the margin; they differ in what they do with the very wrong and the very right.
W=640; H=440; load 'book/house.gp'
set title "Five prices for one margin"
set xlabel "margin y z (negative: wrong side)"; set ylabel "what it costs"
set xrange [-3:3]; set yrange [0:5]
set label "squared" at -0.95,4.6 left tc rgb C5 front
set label "hinge" at -2.9,4.15 left tc rgb C2 front
set label "cross-entropy" at 2.98,0.42 right tc rgb C1 front
set label "perceptron" at -1.78,1.55 right tc rgb C3 front
set label "0 or 1" at -2.9,0.75 left tc rgb C4 front
plot data using 1:2 with steps ls 4, data using 1:3 with lines ls 3, data using 1:4 with lines ls 2, \
     data using 1:5 with lines ls 1, data using 1:6 with lines ls 5
