# Claim: the way back costs the same for any number of inputs.
W=640; H=400; load 'book/house.gp'
set title "Backwards, the number of inputs does not matter"
set xlabel "inputs"; set ylabel "operations of a gradient / of the function"
set logscale xy; set xrange [2:2000]; set yrange [1:10000]
set label "forward: once for each input" at 60,400 right tc rgb C2 front
set label "measuring: twice for each input" at 90,90 left tc rgb C1 front
set label "backward" at 1500,8 right tc rgb C3 front
plot data index 0 with lines ls 1, data index 1 with lines ls 2 dt 2, \
     data index 2 with lines ls 3 lw 3
