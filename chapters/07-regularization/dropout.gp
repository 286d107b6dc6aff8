# Claim: with dropout the loss on others stays down.
W=640; H=400; load 'book/house.gp'
set title "With dropout the loss on unseen digits stays down"
set xlabel "epoch"; set ylabel "loss, mean of five seeds"
set xrange [0:150]; set yrange [0:1.4]
set label "unseen, without" at 148,1.12 right tc rgb C2 front
set label "unseen, with dropout 0.5" at 70,0.5 left tc rgb C1 front
set label "own, with" at 54,0.3 left tc rgb C1 front
set label "own, without" at 52,0.075 left tc rgb C2 front
plot data index 0 using 1:3 with lines ls 2, \
     data index 0 using 1:2 with lines ls 2 dt 2 lw 1.5, \
     data index 1 using 1:3 with lines ls 1, \
     data index 1 using 1:2 with lines ls 1 dt 2 lw 1.5
