# Claim: more examples close the gap from both sides.
W=640; H=400; load 'book/house.gp'
set title "More examples close the gap"
set xlabel "examples it learns from"; set ylabel "share that is right"
set logscale x; set xrange [22:1400]; set yrange [0.4:1.02]
set xtics (25,50,100,200,400,800)
set label "its own" at 60,0.985 left tc rgb C1 front
set label "unseen" at 60,0.8 left tc rgb C2 front
plot data index 0 using 1:2 with linespoints ls 1, \
     data index 0 using 1:3 with linespoints ls 2
