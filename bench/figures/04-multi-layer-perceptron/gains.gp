# Claim: the same operations in another order are many times faster.
#
# data: a way, 10^9 operations a second, of the first, its name
W=700; H=340; load 'book/house.gp'
set title "The same operations in another order are many times faster"
set xlabel "10^9 operations a second"
set logscale x; set yrange [5.6:0.4]; set xrange [1:*]
set ytics scale 0
set grid noytics
set style fill solid 0.85 noborder
set lmargin 20; set rmargin 8
plot data using (0.5):1:(1):2:($1-0.3):($1+0.3):ytic(4) with boxxyerror lc rgb C1, \
    data using 2:1:(sprintf("%.3g", $2)) with labels left offset 0.6,0 textcolor rgb INK
