# Claim: two straight lines part three species almost without a mistake.
W=640; H=420; load 'book/house.gp'
set title "Two straight lines part three species"
set xlabel "length of a petal (cm)"; set ylabel "width of a petal (cm)"
set xrange [0.5:7.5]; set yrange [0:2.7]
set label "setosa" at 1.0,0.85 left tc rgb C1
set label "versicolor" at 3.05,1.45 center tc rgb C2
set label "virginica" at 6.5,1.45 center tc rgb C3
plot data index 0 with points ls 1, data index 1 with points ls 2, \
     data index 2 with points ls 3 ps 0.9, \
     data index 3 with lines lc rgb INK lw 2, data index 4 with lines lc rgb INK lw 2
