# Claim: the square makes a large error cost far more than the other two do.
W=640; H=400; load 'book/house.gp'
set title "Near zero all three are small; far out only the square explodes"
set xlabel "error, prediction − target (ft)"; set ylabel "cost of that error"
set xrange [-5:5]; set yrange [0:9]
set label "half the square (ft²)" at -3.6,8.1 left tc rgb C1 front
set label "absolute\n(ft)" at -4.9,6.3 left tc rgb C3 front
set label "Huber, δ = 1 ft (ft²)" at 4.9,0.8 right tc rgb C2 front
plot data using 1:3 with lines ls 1, data using 1:4 with lines ls 2 dt 2, \
     data using 1:2 with lines ls 3 dt 4
