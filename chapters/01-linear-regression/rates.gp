# Claim: one rate crawls, one arrives, one runs away.
W=640; H=400; load 'book/house.gp'
set title "Too small crawls, too large runs away"
set xlabel "step"; set ylabel "loss"; set logscale y; set format y "10^{%T}"
set xrange [0:72]; set yrange [0.03:30000]
set label "rate 0.112:\nruns away" at 42.5,15000 tc rgb C2 front
set label "rate 0.002:\ncrawls" at 60.7,3.2 tc rgb C1 front
set label "rate 0.1:\narrives" at 60.7,0.17 tc rgb C3 front
plot data index 0 with lines ls 1, data index 1 with lines ls 3 dt 4, \
     data index 2 with lines ls 2 dt 2
