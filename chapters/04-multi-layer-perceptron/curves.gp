# Claim: what it practises it masters; on other digits it soon stops improving.
W=760; H=380; load 'book/house.gp'
set multiplot layout 1,2 title "Practice makes perfect, on what was practised" font ",16" tc rgb INK offset 0,-0.6
set tmargin 3; set lmargin 9; set rmargin 2; set xlabel "epoch"; set xrange [0:41]
set ylabel "loss"; set logscale y; set format y "10^{%T}"; set yrange [1e-3:1]
set label 1 "digits it\nnever saw" at 40,0.32 right tc rgb C2 front
set label 2 "digits it\nlearns from" at 40,0.011 right tc rgb C1 front
plot data using 1:2 with lines ls 1, data using 1:3 with lines ls 2
unset logscale y; set format y "%g"; set yrange [0.88:1]; set ylabel "share right"
set label 1 "digits it\nnever saw" at 40,0.955 right tc rgb C2 front
unset label 2
plot data using 1:4 with lines ls 2
unset multiplot
