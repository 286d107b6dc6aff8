# Claim: a network recorded number by number draws its boundary between.
W=640; H=430; load 'book/house.gp'
set title "A network of single numbers tells two moons apart"
set xlabel "x_1"; set ylabel "x_2"; set size ratio -1
set xrange [-1.5:2.5]; set yrange [-1:1.5]; set xtics 0.5; set ytics 0.5
set contour base; unset surface; set cntrparam levels discrete 0
set table $boundary; splot data index 0 using 1:2:3; unset table
plot $boundary using 1:2 with lines lc rgb INK lw 1.8, \
     data index 1 with points ls 1 ps 0.6, data index 2 with points ls 2 ps 0.6
