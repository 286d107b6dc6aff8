# Claim: the loss on what it learns falls on; on other digits it stops falling.
W=640; H=400; load 'book/house.gp'
set title "Practice makes perfect, on what was practised"
set xlabel "epoch"; set ylabel "loss"; set logscale y; set format y "10^{%T}"
set xrange [0:49]; set yrange [1e-3:1]
set label "digits it\nlearns from" at 41,1.9e-3 left tc rgb C1 front
set label "digits it\nnever saw" at 41,0.11 left tc rgb C2 front
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 2 dt 2
