# Claim: y goes two ways, so its gradient is a sum of two.
W=640; H=420; load 'book/house.gp'
set title "y goes two ways, and its gradient is the sum of two"
unset border; unset tics; unset xlabel; unset ylabel
set lmargin 2; set rmargin 2; set bmargin 2
set xrange [-0.7:4.8]; set yrange [-1.1:3.7]
set label "value inside, gradient below, local slope on the line" at 2.1,-1.0 center tc rgb MUTED
plot data index 1 using ($1+0.33*($3-$1)/sqrt(($3-$1)**2+($4-$2)**2)):($2+0.33*($4-$2)/sqrt(($3-$1)**2+($4-$2)**2)):(($3-$1)*(1-0.75/sqrt(($3-$1)**2+($4-$2)**2))):(($4-$2)*(1-0.75/sqrt(($3-$1)**2+($4-$2)**2))) with vectors filled head size 0.1,18 lc rgb MUTED lw 1.5, \
     data index 1 using ($1+0.42*($3-$1)):($2+0.42*($4-$2)+0.17):(sprintf("%g",$5)) with labels tc rgb C3, \
     data index 0 using 1:2:(0.28) with circles lc rgb C1 lw 2 fs transparent solid 0 border, \
     data index 0 using 1:2:(sprintf("%s = %g",strcol(3),$4)) every ::0::1 with labels tc rgb INK, \
     data index 0 using 1:2:(sprintf("%g",$4)) every ::2 with labels tc rgb INK, \
     data index 0 using ($1+(strcol(3) eq "+" || strcol(3) eq "*" ? 0 : -0.5)):($2+(strcol(3) eq "+" || strcol(3) eq "*" ? 0.55 : 0)):(strcol(3) eq "+" || strcol(3) eq "*" ? strcol(3) : "") with labels font ",18" tc rgb INK, \
     data index 0 using 1:($2-0.6):(sprintf("%g",$5)) with labels tc rgb C2
