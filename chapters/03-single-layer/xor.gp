# Claim: one layer never gets below ln 2 on XOR; a hidden layer goes to 0.
W=640; H=400; load 'book/house.gp'
set title "One layer stops at ln 2; a hidden layer goes on to 0"
set xlabel "step"; set ylabel "cross-entropy on XOR"
set xrange [0:300]; set yrange [0:1.4]
set arrow from 0,0.693147 to 300,0.693147 nohead dt 2 lc rgb MUTED lw 1
set label "one layer, five starts" at 60,0.82 left tc rgb C2 front
set label "ln 2" at 298,0.745 right tc rgb MUTED
set label "8 hidden nodes, five starts" at 118,0.35 left tc rgb C1 front
plot for [k=0:4] data index k with lines ls 2 lw 1.5 dt 2, \
     for [k=5:9] data index k with lines ls 1 lw 1.5
