# Claim: two hidden layers bend one boundary around two spirals.
W=560; H=540; load 'book/house.gp'
set title "One boundary winds between two spirals"
set xlabel "x_1"; set ylabel "x_2"; set size ratio -1
set xrange [-1.2:1.2]; set yrange [-1.2:1.2]; set xtics 0.5; set ytics 0.5
set contour base; unset surface; set cntrparam levels discrete 0.5
set table $boundary; splot data index 0 using 1:2:3; unset table
plot $boundary using 1:2 with lines lc rgb INK lw 1.8, \
     data index 1 with points ls 1 ps 0.5, data index 2 with points ls 2 ps 0.5
