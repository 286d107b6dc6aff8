# Claim: cold softmax picks the best score, hot softmax does not care.
W=640; H=400; load 'book/house.gp'
set title "Cold, the best takes all; hot, all are equal"
set xlabel "temperature T, by which the scores are divided"; set ylabel "probability"
set logscale x; set xrange [0.1:100]; set yrange [0:1.05]; set format x "%g"
set arrow from 1,0 to 1,1.05 nohead dt 2 lc rgb MUTED lw 1
set label "as they are" at 1.08,0.98 left tc rgb MUTED
set label "score 2" at 0.28,0.9 right tc rgb C1 front
set label "score 1" at 0.42,0.17 right tc rgb C2 front
set label "score 0.1" at 2.3,0.13 left tc rgb C3 front
set label "1/3 each" at 90,0.4 right tc rgb MUTED
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 2 dt 2, \
     data using 1:4 with lines ls 3 dt 4
