# Claim: each mile per hour costs a car of the 1920s almost four feet.
W=640; H=400; load 'book/house.gp'
set title "Each extra mile per hour costs almost four feet"
set xlabel "speed (mph)"; set ylabel "stopping distance (ft)"
set xrange [0:29]; set yrange [-5:130]
set label "the best\nline" at 25.4,80 left tc rgb C2 front
set label "an error" at 23.2,103 right tc rgb MUTED front
plot data using 1:3:(0):($2-$3) with vectors nohead lc rgb MUTED lw 1, \
     data using 1:3 with lines ls 2, \
     data using 1:2 with points ls 1
