# Claim: where a score is sure and wrong, the squared error is flat.
W=640; H=400; load 'book/house.gp'
set title "Sure and wrong: one loss is steep, the other is flat"
set xlabel "score of an example of label 1"; set ylabel "what it costs"
set xrange [-8:6]; set yrange [0:8.5]
set label "cross-entropy\n(nats)" at -5,6.2 left tc rgb C1 front
set label "half the squared error:\nno slope, no way back" at -7.7,2.1 left tc rgb C2 front
set label "wrong" at -1,7.8 right tc rgb MUTED; set label "right" at 1,7.8 left tc rgb MUTED
set arrow from 0,0 to 0,8.5 nohead lc rgb MUTED dt 3
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 2 dt 2
