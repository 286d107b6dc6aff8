# Claim: there is an epoch after which learning more means knowing less.
W=640; H=400; load 'book/house.gp'
set title "From here on it learns only what is wrong"
set xlabel "epoch"; set ylabel "loss"
set xrange [0:100]; set yrange [0:2]
stats data index 0 using 3 nooutput
stop = STATS_index_min + 1
set arrow from stop,0 to stop,2 nohead dt 2 lc rgb MUTED lw 1.2
set label sprintf("least: epoch %d", stop) at stop+1.5,1.85 left tc rgb MUTED
set label "180 digits it never saw" at 40,1.05 left tc rgb C2 front
set label "its own 200, a fifth with wrong labels" at 40,0.22 left tc rgb C1 front
plot data index 0 using 1:2 with lines ls 1, \
     data index 0 using 1:3 with lines ls 2
