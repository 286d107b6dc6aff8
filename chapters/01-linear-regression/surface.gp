# Claim: the walk drops into the valley at once, then creeps along its floor.
W=640; H=440; load 'book/house.gp'
set title "The walk drops to the valley floor at once, then creeps along it"
set xlabel "weight w"; set ylabel "bias b"
set xrange [0:5.6]; set yrange [-5:9]
set label "start (5, 1)" at 4.9,0.2 right tc rgb C2 front
set label "lowest point" at 2.24,2.3 left tc rgb C3 front
set label "0.33" at 1.74,4.0 center tc rgb S1 front
set label "1.08" at 1.36,5.55 center tc rgb S2 front
set label "loss 4.08" at 0.82,8.5 center tc rgb S3 front
set label "16.1" at 3.85,6.9 left tc rgb S3 front
plot for [i=0:4] data index i with lines lw 1.5 lc rgb value(sprintf("S%d",1+i)), \
     data index 5 with linespoints ls 2 lw 1.5 pt 7 ps 0.4, \
     data index 6 with points ls 3 ps 1.4
