# Claim: beyond 2 / lambda_max the walk runs away, whatever the patience.
W=640; H=400; load 'book/house.gp'
set title "A little more is a little faster, until it is fatal"
set xlabel "learning rate"; set ylabel "loss above the least, after 100 steps"
set logscale y; set format y "10^{%T}"; set xrange [0:0.132]; set yrange [1e-4:1e20]
set arrow from 0.10781,1e-4 to 0.10781,1e20 nohead dt 2 lc rgb C2 lw 1.5
set label "2 / λ_{max}\n= 0.1078" at 0.106,3e15 right tc rgb C2 front
set label "arrives" at 0.05,1e2 center tc rgb C1 front
set label "runs\naway" at 0.1175,1e6 left tc rgb C2 front
plot data using 1:($1<0.1078?$2:1/0) with lines ls 1, \
     data using 1:($1>0.1078?$2:1/0) with lines ls 2
