# Claim: on digits those with a velocity get down first.
W=640; H=420; load 'book/house.gp'
set title "On digits, those with a velocity get down first"
set xlabel "epoch"; set ylabel "mean loss in the epoch, five seeds"
set xrange [1:15]; set yrange [0.01:1.2]; set logscale y; set xtics 1,2,15
set format y "%g"
set label "sgd" at 7.6,0.105 left tc rgb C2 front
set label "AdaGrad" at 13.2,0.053 left tc rgb C5 front
set label "RMSprop" at 13.1,0.0262 left tc rgb C4 front
set label "Adam" at 5.6,0.06 right tc rgb C3 front
set label "momentum" at 13,0.014 right tc rgb C1 front
plot data index 0 with lines ls 2, data index 1 with lines ls 1 lw 3, \
     data index 2 with lines ls 5 dt 3, data index 3 with lines ls 4 dt 2, \
     data index 4 with lines ls 3
