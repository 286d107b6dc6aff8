# Claim: the curve that is nearest to the points is not nearest to the truth.
W=640; H=420; load 'book/house.gp'
set title "The curve nearest to its points is the worst of the three"
set xlabel "x"; set ylabel "y"
set xrange [-1:1]; set yrange [-2.2:2.2]
set label "degree 1" at -0.96,0.45 left tc rgb C2 front
set label "degree 4" at 0.55,1.5 left tc rgb C1 front
set label "degree 13" at -0.75,-1.75 left tc rgb C4 front
set label "where they come from" at 0.12,-0.25 left tc rgb MUTED
plot data index 4 with lines lc rgb MUTED dt 2 lw 1.5, \
     data index 3 with lines ls 4 lw 1.8, \
     data index 1 with lines ls 2, data index 2 with lines ls 1 lw 3, \
     data index 0 with points pt 7 ps 0.9 lc rgb INK
