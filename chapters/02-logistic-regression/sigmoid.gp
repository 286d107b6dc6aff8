# Claim: the sigmoid maps every score to a probability, and is steep only near 0.
W=640; H=400; load 'book/house.gp'
set title "The sigmoid squeezes every score between 0 and 1"
set xlabel "score z"; set ylabel "probability, and its slope"
set xrange [-8:8]; set yrange [0:1.1]
set label "σ(z)" at 2.6,0.86 left tc rgb C1 front
set label "its slope σ(1 − σ),\nat most 1/4" at -1.7,0.36 right tc rgb C2 front
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 2 dt 2
