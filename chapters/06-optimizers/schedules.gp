# Claim: three ways to end slowly.
W=640; H=360; load 'book/house.gp'
set title "Three ways to walk fast first and carefully at the end"
set xlabel "step"; set ylabel "rate"
set xrange [0:100]; set yrange [0:1.1]
set label "in steps" at 27,0.53 left tc rgb C2 front
set label "exponential" at 37,0.22 right tc rgb C4 front
set label "warm-up, then cosine" at 30,0.95 left tc rgb C1 front
plot data index 0 with steps ls 2, data index 1 with lines ls 4 dt 2, \
     data index 2 with lines ls 1 lw 3
