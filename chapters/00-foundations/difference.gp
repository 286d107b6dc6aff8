# Claim: there is a best h: larger ones miss the curve, smaller ones the digits.
W=640; H=420; load 'book/house.gp'
set title "Too large an h misses the bend, too small an h the digits"
set xlabel "h"; set ylabel "relative error of the slope"
set logscale xy; set format "10^{%T}"; set xrange [1e-12:1]; set yrange [1e-13:3]
set xtics 1e-12,100; set ytics 1e-12,100
set label "one side" at 2e-3,3e-2 right tc rgb C1 front
set label "both sides" at 6e-5,4e-12 left tc rgb C3 front
set label "both sides,\nin float" at 2e-9,1.2e-1 right tc rgb C2 front
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 3, \
     data using 1:4 with lines ls 2 lw 1.5
