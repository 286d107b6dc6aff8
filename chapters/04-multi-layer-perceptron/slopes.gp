# Claim: of four beginnings only He's lets the slopes reach the first layer.
W=640; H=420; load 'book/house.gp'
set title "Only He's start lets the slopes reach the first layer"
set xlabel "layer"; set ylabel "size of dZ (root mean square)"
set logscale y; set format y "10^{%T}"; set xrange [0.5:10.5]; set xtics 1,1,10
set label "ReLU, He" at 1,1.7e-3 left tc rgb C3 front
set label "ReLU, Xavier" at 2.1,4.5e-5 left tc rgb C1 front
set label "ReLU, too small" at 4.3,6e-6 right tc rgb C2 front
set label "sigmoid, Xavier" at 4.9,3e-7 left tc rgb C4 front
plot data index 0 with linespoints ls 2, data index 1 with linespoints ls 1, \
     data index 2 with linespoints ls 3, data index 3 with linespoints ls 4
