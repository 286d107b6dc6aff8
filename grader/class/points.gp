# Claim: how many points half of the students have, or more.
#
# Set before it: width (points of a bar), possible, low, middle and high
# (quartiles), most (students in the largest bar), claim.
W=520; H=300; load 'book/house.gp'
set title claim
set xlabel "points"; set ylabel "students"
set lmargin 7
set xrange [-0.02*possible-0.5:possible+width+0.02*possible-0.5]
set yrange [0:1.3*most]
set xtics 0,(possible > 80 ? 20 : possible > 30 ? 10 : 5)
set ytics 0,(most > 40 ? 20 : most > 15 ? 5 : most > 6 ? 2 : 1)
set grid ytics noxtics
set arrow from middle,0 to middle,1.17*most nohead front dt 2 lc rgb C2 lw 2
set arrow from low,1.11*most to high,1.11*most nohead front lc rgb INK lw 5
set label sprintf("median %g", middle) at middle,1.23*most \
    @side tc rgb C2 front
set style fill solid 1 border lc rgb INK
plot data using ($1+width/2.0-0.5):2:(0.92*width) with boxes lc rgb S5 lw 1
