# Claim: plus copies a gradient, times swaps the values into it.
W=640; H=290; load 'book/house.gp'
set title "Plus copies a gradient, times swaps the values into it"
unset border; unset tics; unset xlabel; unset ylabel
set lmargin 1; set rmargin 1; set bmargin 1
set xrange [-0.1:4.1]; set yrange [-0.05:2.4]
x(p) = p + 0.5
set label "plus copies" at x(0),2.25 center tc rgb INK
set label "times swaps" at x(1),2.25 center tc rgb INK
set label "max routes" at x(2),2.25 center tc rgb INK
set label "ReLU gates" at x(3),2.25 center tc rgb INK
plot data using (x($1)-0.25):(0.58):(0.13):(0.5) with vectors nohead lc rgb MUTED lw 1.5, \
     data using ($1 < 3 ? x($1)+0.25 : NaN):(0.58):(-0.13):(0.5) with vectors nohead lc rgb MUTED lw 1.5, \
     data using (x($1)):(1.5):(0):(0.2) with vectors nohead lc rgb MUTED lw 1.5, \
     data using (x($1)):(1.3):(0.19) with circles lc rgb C1 lw 2, \
     data using (x($1)):(1.3):(strcol(2) eq "relu" ? "ReLU" : strcol(2) eq "max" ? "max" : strcol(2)) with labels font ",13" tc rgb INK, \
     data using (x($1)-0.25):(0.4):(sprintf("%g",$3)) with labels tc rgb INK, \
     data using (x($1)-0.25):(0.15):(sprintf("%g",$4)) with labels tc rgb C2, \
     data using (x($1)+0.25):(0.4):($1 < 3 ? sprintf("%g",$5) : "") with labels tc rgb INK, \
     data using (x($1)+0.25):(0.15):($1 < 3 ? sprintf("%g",$6) : "") with labels tc rgb C2, \
     data using (x($1)-0.04):(1.85):(sprintf("%g",$7)) with labels right tc rgb INK, \
     data using (x($1)+0.04):(1.85):(sprintf("%g",$8)) with labels left tc rgb C2
