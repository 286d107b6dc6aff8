# Claim: a network learns noise by heart, to many digits.
W=640; H=400; load 'book/house.gp'
set title "Noise, learned by heart, to twelve powers of ten"
set xlabel "epoch"; set ylabel "summed squared error"; set logscale y
set format y "10^{%T}"; set xrange [0:500]; set yrange [1e-6:1e9]; set ytics 1e-6,1000
plot data using 1:2 with lines ls 1
