# Claim: standardising turns the ravine into a bowl.
W=760; H=400; load 'book/house.gp'
set multiplot layout 1,2 title "Standardised, the ravine becomes a bowl" font ",16" tc rgb INK offset 0,-0.6
set tmargin 3; set lmargin 9; set rmargin 1; set xtics 4
set xlabel "w (ft per mph)"; set ylabel "b (ft)"; set xrange [-4:12]; set yrange [-130:95]
set label 1 "as it is: after 60\nsteps still near b = 0" at 11.6,80 right tc rgb C2 front
plot for [i=0:2] data index i with lines lw 1.5 lc rgb value(sprintf("S%d",1+2*i)), \
     data index 3 with linespoints ls 2 lw 1.2 pt 7 ps 0.4
set xlabel "w (ft per deviation)"; set xrange [-50:95]; set yrange [-20:125]; set xtics 20
set label 1 "standardised:\nstraight down" at -46,115 left tc rgb C2 front
plot for [i=4:6] data index i with lines lw 1.5 lc rgb value(sprintf("S%d",1+2*(i-4))), \
     data index 7 with linespoints ls 2 lw 1.2 pt 7 ps 0.4
unset multiplot
