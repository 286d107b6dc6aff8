# Claim: only the slope does not care how many dimensions there are.
W=640; H=400; load 'book/house.gp'
set title "With many parameters only the slope still finds the way"
set xlabel "parameters"; set ylabel "height left after 2,000 evaluations"
set logscale x 2; set logscale y; set yrange [1e-60:1e4]; set xrange [2:128]
set format y "10^{%T}"; set ytics 1e-60,1e15,1
set label "at random" at 60,1e2 center tc rgb C2 front
set label "evolving" at 12,1e-22 left tc rgb C1 front
set label "downhill" at 60,1e-35 center tc rgb C3 front
plot data index 0 with linespoints ls 2, data index 1 with linespoints ls 1, \
     data index 2 with linespoints ls 3
