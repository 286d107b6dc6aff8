# Claim: once the matrices outgrow the cache, the order of the loops decides.
W=640; H=400; load 'book/house.gp'
set title "The same sums, sixteen times the traffic"
set xlabel "rows and columns of the matrices"; set ylabel "lines fetched per multiplication"
set xrange [0:212]; set yrange [0:2.3]
set label "j, k, i" at 177,2.0 left tc rgb C2 front
set label "i, j, k" at 177,1.08 left tc rgb C1 front
set label "i, k, j" at 177,0.15 left tc rgb C3 front
set label "everything\nfits" at 20,0.55 center tc rgb MUTED front
plot data using 1:4 with lines ls 2, data using 1:2 with lines ls 1, \
     data using 1:3 with lines ls 3
